// A slow line in a process of its own, so that it takes no time from the client that is measured. Argument: the server and the line's
// quality, as JSON. Ends with its standard input.
import * as z from "zod/mini";
import { openSlowLine } from "./slowLine.ts";

const argument = z.object({
  server: z.object({
    host: z.string(),
    port: z.int(),
    passive: z.object({ first: z.int(), last: z.int() }),
  }),
  quality: z.object({ roundTripMs: z.number(), bytesPerSecond: z.nullable(z.number()) }),
});
const { server, quality } = argument.parse(JSON.parse(process.argv[2] ?? "null"));
await openSlowLine(server, quality);
process.stdout.write("ready\n");
process.stdin.resume().once("end", () => process.exit());
