import { readFileSync } from "node:fs";
import * as z from "zod/mini";
import { parseStatReply } from "../../electron/engine/ftp/operations/stat.ts";
import { parseFeatures } from "../../electron/engine/ftp/protocol/features.ts";
import { parseExtendedPassiveReply, parsePassiveReply } from "../../electron/engine/ftp/protocol/passive.ts";
import { parsePathReply } from "../../electron/engine/ftp/protocol/pathReply.ts";
import { type Reply, replyParser } from "../../electron/engine/ftp/protocol/replyParser.ts";
import { parseSizeReply } from "../../electron/engine/ftp/protocol/sizeReply.ts";
import { parseModifiedReply } from "../../electron/engine/ftp/protocol/timestamps.ts";
import { AppError } from "../../shared/errors/appError.ts";
import { parseListing } from "./listingCase.ts";

/** What a fuzz run found: an input that broke a promise, and the slowest one. */
export type FuzzResult = {
  readonly parser: string;
  readonly inputs: number;
  readonly broken: readonly { readonly input: string; readonly why: string }[];
  readonly slowestMs: number;
};

export type Target = { readonly name: string; readonly read: (text: string) => void };

const hints = [null, "MVS", "ZVM", "HPNONSTOP"];

/** Every parser of what a server says. Texts are wire strings. */
export const fuzzTargets: readonly Target[] = [
  { name: "listing", read: readListing },
  { name: "reply", read: readReplies },
  { name: "pasv", read: (text) => checkPort(parsePassiveReply(asReply(227, text)), 0) },
  { name: "epsv", read: (text) => checkPort(parseExtendedPassiveReply(asReply(229, text))) },
  { name: "pwd", read: (text) => void parsePathReply(asReply(257, text)) },
  { name: "mlst", read: (text) => void parseStatReply({ code: 250, lines: ["begin", text, "end"] }) },
  { name: "feat", read: (text) => void parseFeatures({ code: 211, lines: ["begin", text, "end"] }) },
  { name: "mdtm", read: (text) => checkNumber(parseModifiedReply(asReply(213, text)), false) },
  { name: "size", read: (text) => checkNumber(parseSizeReply(asReply(213, text)), true) },
];

/** Feeds `inputs` mutated cases and random bytes to a parser; the same seed gives the same inputs. */
export function fuzzParser({ name, read }: Target, { inputs, seed }: { inputs: number; seed: number }): FuzzResult {
  const random = randomFrom(seed);
  const seeds = seedTexts();
  const broken: { input: string; why: string }[] = [];
  let slowestMs = 0;
  for (let count = 0; count < inputs; count++) {
    const input = mutate(seeds[below(random, seeds.length)] ?? "", random);
    const begin = performance.now();
    try {
      read(input);
    } catch (error) {
      if (broken.length < 20) broken.push({ input, why: error instanceof Error ? error.message : String(error) });
    }
    slowestMs = Math.max(slowestMs, performance.now() - begin);
  }
  return { parser: name, inputs, broken, slowestMs };
}

function readListing(text: string): void {
  const hint = hints[text.length % hints.length] ?? null;
  const bytes = Buffer.from(text, "latin1");
  for (const { wireName, size, modifiedMs } of parseListing({ now: "2025-02-10T08:30:00Z", server_hint: hint }, [bytes])
    .read) {
    if (wireName === "" || wireName === "." || wireName === "..") throw new Error(`the name "${wireName}" came out`);
    checkNumber(size, true);
    checkNumber(modifiedMs, false);
  }
}

function readReplies(text: string): void {
  try {
    replyParser().push(Buffer.from(text, "latin1"));
  } catch (error) {
    if (!(error instanceof AppError && error.kind === "malformed-reply")) throw error;
  }
}

function asReply(code: number, text: string): Reply {
  return { code, lines: text.split("\n") };
}

function checkPort(address: { readonly port: number } | null, lowest = 1): void {
  if (address !== null && !(address.port >= lowest && address.port <= 65535)) throw new Error(`port ${address.port}`);
}

function checkNumber(value: number | null, isCount: boolean): void {
  if (value === null) return;
  if (!Number.isSafeInteger(value) || (isCount && value < 0)) throw new Error(`the number ${value}`);
}

/** The texts of the case files: what servers really say is the best soil. The huge ones only cost time. */
function seedTexts(): readonly string[] {
  const listings = z.array(z.object({ line: z.string() })).parse(readCases("listing-cases.json"));
  const replies = z.array(z.object({ chunks: z.array(z.unknown()) })).parse(readCases("reply-cases.json"));
  const texts = replies.map(({ chunks }) => chunks.filter((chunk) => typeof chunk === "string").join(""));
  const lines = listings.map(({ line }) => Buffer.from(line, "utf8").toString("latin1"));
  const bodies = texts.map((text) => text.replace(/^\d{3}[ -]/, ""));
  return [...lines, ...texts, ...bodies].filter((text) => text.length < 2000);
}

function readCases(name: string): unknown {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), "utf8"));
}

/** One to four changes: a byte replaced or put in, a piece cut out, doubled or moved; now and then nothing but random bytes. */
function mutate(seed: string, random: () => number): string {
  if (below(random, 16) === 0) return randomText(below(random, 64), random);
  let text = seed;
  for (let changes = 1 + below(random, 4); changes > 0; changes--) {
    const at = below(random, text.length + 1);
    const end = Math.min(text.length, at + 1 + below(random, 12));
    const piece = text.slice(at, end);
    const middle = [randomText(1, random), randomText(1, random) + piece, "", piece + piece, piece.repeat(9)];
    text = text.slice(0, at) + (middle[below(random, middle.length)] ?? "") + text.slice(end);
  }
  return text;
}

function randomText(length: number, random: () => number): string {
  const meaningful = "\r\n\t\0 0123456789;=/.,:-|()[]<>\"'";
  const one = () =>
    below(random, 2) === 0
      ? meaningful.charAt(below(random, meaningful.length))
      : String.fromCharCode(below(random, 256));
  return Array.from({ length }, one).join("");
}

function below(random: () => number, limit: number): number {
  return Math.floor(random() * limit);
}

/** A linear congruential generator (Numerical Recipes): good enough to wander, and the same everywhere. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
