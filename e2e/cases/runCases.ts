import { readFileSync } from "node:fs";
import * as z from "zod/mini";
import { toAppError } from "../../shared/errors/appError.ts";
import { listingCaseSchema, readListingCase } from "./listingCase.ts";
import { readReplyCase, replyCaseSchema, unfold } from "./replyCase.ts";

/**
 * `npm run -s cases -- FILE`: reads a file in the format of listing-cases.json or reply-cases.json and prints a JSON line per case,
 * {"id": …, "got": …}. What is no such file, or no such case, is named on stderr, and the exit code is 2.
 */
const caseSchema = z.union([listingCaseSchema, replyCaseSchema]);
const namedSchema = z.object({ id: z.string() });

const [file] = process.argv.slice(2);
if (file === undefined) complain("Name a file of cases: npm run -s cases -- FILE");
else runFile(file);

function runFile(path: string): void {
  try {
    const rows = z.safeParse(z.array(z.unknown()), JSON.parse(readFileSync(path, "utf8")));
    if (rows.success) rows.data.forEach(runRow);
    else complain(`${path} is no list of cases.`);
  } catch (error) {
    complain(`${path} cannot be read: ${toAppError(error).message}`);
  }
}

function runRow(value: unknown, index: number): void {
  const row = z.safeParse(caseSchema, value);
  if (row.success) {
    print(row.data.id, readCase(row.data));
    return;
  }
  const named = z.safeParse(namedSchema, value);
  complain(`Case ${index + 1} is neither a listing case nor a reply case.`);
  if (named.success) print(named.data.id, { error: "invalid-input" });
}

function readCase(row: z.infer<typeof caseSchema>): unknown {
  try {
    return "line" in row ? readListingCase(row) : readReplyCase(row, row.chunks.map(unfold));
  } catch (error) {
    return { error: toAppError(error).kind };
  }
}

function print(id: string, got: unknown): void {
  process.stdout.write(`${JSON.stringify({ id, got })}\n`);
}

function complain(sentence: string): void {
  process.stderr.write(`${sentence}\n`);
  process.exitCode = 2;
}
