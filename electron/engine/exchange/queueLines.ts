import * as z from "zod/mini";
import { QueueFileError } from "./queueFileError.ts";
import { type QueueRecord, queueRecordSchema } from "./queueRecord.ts";

/**
 * Portside's own file: one JSON document a line, so that a million transfers are written and read piece by piece. The first line says what
 * it is, the last how many transfers it holds: a file that was cut off is known by it.
 *
 *     {"format":"portside-queue","version":1}
 *     {"site":{"key":1,"settings":{"host":"ftp.example.org",…}}}
 *     {"batch":{"key":1,"site":1,"direction":"download","root":"/home/me/in"}}
 *     {"place":{"batch":1,"source":"/pub","target":"/home/me/in"}}
 *     {"transfer":{"source":"a.bin","size":12345}}
 *     {"end":{"transfers":1}}
 */
export function firstLine(): string {
  return lineOf({ format: formatName, version: currentVersion });
}

export function recordLine(record: z.infer<typeof queueRecordSchema>): string {
  return lineOf(record);
}

export function lastLine(transfers: number): string {
  return lineOf({ end: { transfers } });
}

/**
 * Reads the file's records. Kinds of lines that this version does not know are passed over.
 * Throws QueueFileError at the first line that is not right; the records before it have been given by then.
 */
export async function* readQueueLines(text: AsyncIterable<string>): AsyncGenerator<QueueRecord> {
  let number = 0;
  let transfers = 0;
  let isEnded = false;
  for await (const line of splitLines(text)) {
    number += 1;
    if (line.trim() === "") continue;
    const value = parseJson(line, number);
    if (number === 1) checkFirstLine(value);
    else if (isEnded) throw new QueueFileError("damaged", number);
    else if ("end" in value) isEnded = isEnd(value, transfers, number);
    else if (recordKinds.some((kind) => kind in value)) {
      const parsed = queueRecordSchema.safeParse(value);
      if (!parsed.success) throw new QueueFileError("damaged", number, parsed.error);
      if ("transfer" in parsed.data) transfers += 1;
      yield parsed.data;
    }
  }
  if (number === 0) throw new QueueFileError("not-a-queue");
  if (!isEnded) throw new QueueFileError("damaged", number);
}

const formatName = "portside-queue";
const currentVersion = 1;
const longestLine = 1024 * 1024; // a site with everything set is some kilobytes; more is not a queue
const recordKinds = ["site", "batch", "place", "transfer"];

const jsonSchema = z.record(z.string(), z.unknown());
const headSchema = z.object({ format: z.literal(formatName), version: z.int() });
const endSchema = z.object({ end: z.object({ transfers: z.int() }) });

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`;
}

async function* splitLines(text: AsyncIterable<string>): AsyncGenerator<string> {
  let held = "";
  for await (const piece of text) {
    const lines = (held + piece).split("\n");
    held = lines.pop() ?? "";
    if (held.length > longestLine) throw new QueueFileError("damaged");
    yield* lines;
  }
  if (held !== "") yield held;
}

function parseJson(line: string, number: number): Record<string, unknown> {
  try {
    return jsonSchema.parse(JSON.parse(line));
  } catch (error) {
    throw new QueueFileError(number === 1 ? "not-a-queue" : "damaged", number, error);
  }
}

function checkFirstLine(value: Record<string, unknown>): void {
  const head = headSchema.safeParse(value);
  if (!head.success) throw new QueueFileError("not-a-queue", 1);
  if (head.data.version > currentVersion) throw new QueueFileError("newer-version", 1);
}

function isEnd(value: Record<string, unknown>, transfers: number, number: number): true {
  const end = endSchema.safeParse(value);
  if (!end.success || end.data.end.transfers !== transfers) throw new QueueFileError("damaged", number);
  return true;
}
