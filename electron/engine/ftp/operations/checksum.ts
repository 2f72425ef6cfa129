import { AppError } from "../../../../shared/errors/appError.ts";
import type { Checksum, ChecksumAlgorithm } from "../../../../shared/models/checksum.ts";
import type { Features } from "../protocol/features.ts";
import type { Reply } from "../protocol/replyParser.ts";
import { demand, isRefusal, type Link, refusal } from "../session/link.ts";

/**
 * A file's checksum as the server computes it: HASH (draft-bryan-ftpext-hash) where offered, else one of XSHA256, XSHA512, XSHA1, XSHA, XMD5, MD5
 * and XCRC, which no RFC describes; the best the server offers. Rejects with `unsupported-command` when it offers none,
 * `malformed-reply` when the answer holds no checksum, `not-found`, `permission-denied` or `busy` when it will not.
 */
export async function checksum(link: Link, path: string, signal: AbortSignal): Promise<Checksum> {
  const way = bestWay(link.features);
  if (way === null) throw new AppError("unsupported-command", "The server computes no checksums");
  if (way.select !== null) await demand(link, way.select, signal);
  const file = link.paths.file(path);
  const command = `${way.verb} ${isQuoted(link.features, way.verb) ? `"${file}"` : file}`;
  const reply = await link.control.post(command).finalReply(signal, patienceMs);
  if (isRefusal(reply)) throw refusal(link, reply, command, path);
  const value = readChecksum(way, reply);
  if (value === null) throw new AppError("malformed-reply", `No ${way.algorithm} in the answer`, { command: way.verb });
  return { algorithm: way.algorithm, value };
}

/** What `checksum` would compute; null: the server offers nothing. */
export function checksumAlgorithmOf(features: Features): ChecksumAlgorithm | null {
  return bestWay(features)?.algorithm ?? null;
}

const patienceMs = 10 * 60 * 1000; // a server reads 100 GB of disk in that time, and says nothing meanwhile

type Way = {
  readonly verb: string;
  readonly algorithm: ChecksumAlgorithm;
  /** OPTS HASH, where another algorithm is in force. */
  readonly select: string | null;
};

const hexLength: Readonly<Record<ChecksumAlgorithm, number>> = {
  "SHA-512": 128,
  "SHA-256": 64,
  "SHA-1": 40,
  MD5: 32,
  CRC32: 8,
};

/** SHA-256 first: it is safe, and what download pages print. */
const algorithmsOfHash: readonly ChecksumAlgorithm[] = ["SHA-256", "SHA-512", "SHA-1", "MD5", "CRC32"];

const ownCommands: readonly (readonly [verb: string, algorithm: ChecksumAlgorithm])[] = [
  ["XSHA256", "SHA-256"],
  ["XSHA512", "SHA-512"],
  ["XSHA1", "SHA-1"],
  ["XSHA", "SHA-1"],
  ["XMD5", "MD5"],
  ["MD5", "MD5"],
  ["XCRC", "CRC32"],
];

function bestWay(features: Features): Way | null {
  const byHash = wayByHash(features.get("HASH"));
  if (byHash !== null) return byHash;
  const [verb, algorithm] = ownCommands.find(([each]) => features.has(each)) ?? [];
  return verb === undefined || algorithm === undefined ? null : { verb, algorithm, select: null };
}

/** "SHA-256*;SHA-512;MD5": the asterisk marks what is in force, until somebody says OPTS HASH. */
function wayByHash(offer: string | undefined): Way | null {
  const names = (offer ?? "").split(";").map((name) => name.replace("*", "").trim().toUpperCase());
  const algorithm = algorithmsOfHash.find((each) => names.includes(each));
  return algorithm === undefined ? null : { verb: "HASH", algorithm, select: `OPTS HASH ${algorithm}` };
}

/** Some want the name in quotes and say so: `XCRC "filename" SP EP`. */
function isQuoted(features: Features, verb: string): boolean {
  return features.get(verb)?.startsWith('"') ?? false;
}

function readChecksum({ verb, algorithm }: Way, reply: Reply): string | null {
  // ProFTPD begins with "213-Computing SHA256 digest".
  const words = (reply.lines.at(-1) ?? "").trim().split(/\s+/);
  // "213 SHA-256 0-49 6ae1… name", "251 name 9E10…", else "250 9E10…" with words around it. A name may look like a checksum.
  const [, , ofHash] = words;
  const candidates = verb === "HASH" ? [ofHash] : verb === "MD5" ? [words.at(-1)] : words;
  const isWanted = (word: string | undefined) => word !== undefined && isHex(word, hexLength[algorithm]);
  return candidates.find(isWanted)?.padStart(hexLength[algorithm], "0").toLowerCase() ?? null;
}

/** A CRC may come without its leading zeros. */
function isHex(word: string, length: number): boolean {
  return /^[0-9a-f]+$/i.test(word) && (word.length === length || (length === 8 && word.length < length));
}
