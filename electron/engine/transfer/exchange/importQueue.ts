import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, normalize, sep } from "node:path";
import type { ImportResult } from "../../../../shared/contract/exchange.ts";
import { AppError } from "../../../../shared/errors/appError.ts";
import { type LocalRules, readFilezillaQueue } from "../../exchange/filezilla/readQueue.ts";
import { QueueFileError } from "../../exchange/queueFileError.ts";
import { readQueueLines } from "../../exchange/queueLines.ts";
import { toLocalError } from "../../local/localErrors.ts";
import { throwIfCancelled } from "../../util/cancel.ts";
import { addRecords, type ImportParts, type QueueFile } from "./importRecords.ts";

/**
 * Adds what a file tells. The whole file is read and checked before the first row: one that is cut off, of another kind or of a later
 * version adds nothing. Folders on this side are made. Rejects as reading a file does, and with `cancelled`: what was added by then stays.
 */
export async function importQueue(path: string, parts: ImportParts, signal: AbortSignal): Promise<ImportResult> {
  try {
    const file = await openQueueFile(path, signal);
    return { problem: null, ...(await addRecords(file, parts, signal)) };
  } catch (error) {
    if (error instanceof QueueFileError) return { problem: error.problem, line: error.line };
    throw error instanceof AppError ? error : toLocalError(error, path);
  }
}

const longestXmlBytes = 64 * 1024 * 1024; // three bytes a character at most, and then it is too long for sure
const headBytes = 1024;

async function openQueueFile(path: string, signal: AbortSignal): Promise<QueueFile> {
  if (await beginsLikeXml(path)) {
    if ((await stat(path)).size > longestXmlBytes) throw new QueueFileError("too-large");
    const xml = decodeUtf8(await readFile(path, { signal }));
    return { names: "text", records: await readFilezillaQueue(xml, localRules) };
  }
  for await (const _ of readQueueLines(readText(path))) throwIfCancelled(signal);
  return { names: "wire", records: readQueueLines(readText(path)) };
}

async function beginsLikeXml(path: string): Promise<boolean> {
  for await (const piece of createReadStream(path, { encoding: "utf8", end: headBytes - 1 })) {
    return /^\ufeff?\s*</.test(String(piece));
  }
  return false;
}

async function* readText(path: string): AsyncGenerator<string> {
  let isFirst = true;
  for await (const piece of createReadStream(path, { encoding: "utf8", highWaterMark: 256 * 1024 })) {
    yield isFirst ? String(piece).replace(/^\ufeff/, "") : String(piece);
    isFirst = false;
  }
}

function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw new QueueFileError("damaged", null, error);
  }
}

const localRules: LocalRules = {
  separator: sep,
  split: (path) => {
    const name = basename(path);
    const isPlain =
      isAbsolute(path) && !path.includes("\0") && name !== "" && name !== "." && name !== ".." && !path.endsWith(sep);
    return isPlain ? { folder: dirname(normalize(path)), name } : null;
  },
};
