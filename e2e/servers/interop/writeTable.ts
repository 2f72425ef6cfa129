import { readFile, writeFile } from "node:fs/promises";
import * as z from "zod/mini";
import { resultSchema, resultsPath, tablePath } from "./results.ts";
import { renderTable } from "./table.ts";

// Writes docs/guide/servers.md from the last run; refuses when a check has failed in it.
const results = z.array(resultSchema).parse(JSON.parse(await readFile(resultsPath, "utf8")));
await writeFile(tablePath, renderTable(results));
