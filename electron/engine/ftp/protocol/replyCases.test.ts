import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import * as z from "zod/mini";
import { AppError } from "../../../../shared/errors/appError.ts";
import { parseStatReply } from "../operations/stat.ts";
import { kindOfReply } from "../session/classifyError.ts";
import { textCodec } from "../text/codec.ts";
import { parseFeatures } from "./features.ts";
import { isSafeDataPort, parseExtendedPassiveReply, parsePassiveReply } from "./passive.ts";
import { parsePathReply } from "./pathReply.ts";
import { type Reply, replyParser, replyText } from "./replyParser.ts";
import { parseSizeHint, parseSizeReply } from "./sizeReply.ts";
import { parseModifiedReply } from "./timestamps.ts";

const longText = z.union([
  z.string(),
  z.object({ pre: z.string(), repeat: z.string(), times: z.number(), post: z.string() }),
]);
const caseSchema = z.object({
  id: z.string(),
  kind: z.string(),
  command: z.nullable(z.string()),
  context: z.record(z.string(), z.unknown()),
  chunks: z.array(longText),
  expected: z.record(z.string(), z.unknown()),
  accept: z.array(z.record(z.string(), z.unknown())),
});
type Case = z.infer<typeof caseSchema>;

const cases = z
  .array(caseSchema)
  .parse(JSON.parse(readFileSync(new URL("../../../../e2e/cases/reply-cases.json", import.meta.url), "utf8")));

const codec = textCodec({ encoding: "utf-8", speaksUtf8: true });

function unfold(text: z.infer<typeof longText>): string {
  return typeof text === "string" ? text : text.pre + text.repeat.repeat(text.times) + text.post;
}

/** What our parsers make of a case, in the words of the case file. */
function read(chunks: readonly string[], { kind, command, context }: Case): Record<string, unknown> {
  const parser = replyParser();
  const replies: Reply[] = [];
  let sent = "";
  try {
    for (const chunk of chunks) {
      replies.push(...parser.push(Buffer.from(chunk, "latin1")));
      sent += chunk;
    }
  } catch (error) {
    const isLong = error instanceof AppError && error.message.includes("longer");
    const isForeign = kind === "greeting";
    return { replies: [], rest: "", error: isLong ? "reply-too-long" : isForeign ? "not-ftp" : "protocol" };
  }
  const decoded = replies.map(({ code, lines }) => ({ code, lines: lines.map(codec.decode) }));
  const reply = replies[0] ?? { code: 0, lines: [] };
  const refused = reply.code >= 400 ? kindOfReply(reply.code, replyText(reply), command ?? "", "session") : null;
  switch (kind) {
    case "pasv":
    case "epsv":
      return readPassive(reply, kind, String(context.peer), refused);
    case "pwd": {
      const path = parsePathReply(reply);
      return { path: path === null ? null : codec.decode(path), error: path === null ? "bad-reply" : null };
    }
    case "mdtm": {
      const ms = parseModifiedReply(reply);
      const mtime = ms === null ? null : new Date(ms).toISOString().replace(".000Z", "Z");
      return {
        mtime,
        error: refused === "service-unavailable" ? "closed-by-server" : ms === null ? "bad-reply" : null,
      };
    }
    case "size": {
      const size = parseSizeReply(reply);
      const error = refused === null ? "bad-reply" : "not-a-file";
      return { size: size === null ? null : String(size), error: size === null ? error : null };
    }
    case "reply150":
      return { sizeHint: parseSizeHint(reply), error: null };
    case "feat": {
      const features = parseFeatures(reply);
      return features === null
        ? { features, error: "unsupported" }
        : { features: Object.fromEntries(features), error: null };
    }
    case "mlst":
      return readMlst(reply, refused);
    default: {
      const isCut = context.then === "FIN";
      const solicited = kind === "framing" && command !== null ? decoded.slice(0, 1) : decoded;
      const unsolicited = decoded.length - solicited.length;
      return {
        replies: solicited,
        rest: isCut ? "" : sent.slice(sent.length - parser.pendingBytes),
        error: isCut ? "closed" : null,
        ...(unsolicited > 0 ? { unsolicited } : {}),
      };
    }
  }
}

function readPassive(reply: Reply, kind: string, peer: string, refused: string | null): Record<string, unknown> {
  if (refused !== null) return { parsed: null, connect: null, error: "unsupported" };
  const parsed = kind === "pasv" ? parsePassiveReply(reply) : parseExtendedPassiveReply(reply);
  if (parsed === null) return { parsed: null, connect: null, error: "bad-reply" };
  const shown = "host" in parsed ? { ip: parsed.host, port: parsed.port } : { port: parsed.port };
  if (!isSafeDataPort(parsed.port)) return { parsed: shown, connect: null, error: "unsafe-port" };
  return { parsed: shown, connect: { ip: peer, port: parsed.port }, error: null };
}

function readMlst(reply: Reply, refused: string | null): Record<string, unknown> {
  if (refused !== null) return { entry: null, error: refused };
  const stat = parseStatReply(reply);
  if (stat === null) return { entry: null, error: "bad-reply" };
  const { type, size, modifiedMs } = stat;
  const mtime = modifiedMs === null ? {} : { mtime: new Date(modifiedMs).toISOString().replace(".000Z", "Z") };
  return {
    entry: { type: type === "directory" ? "dir" : type, ...(size === null ? {} : { size }), ...mtime },
    error: null,
  };
}

/**
 * Keys our parsers do not give by design: the name in MLST is the one we asked for, a folder has no size, hosts are never compared, a
 * bad reply holds nothing. Names of features are upper case, whatever their letters.
 */
function trim(expected: Record<string, unknown>): Record<string, unknown> {
  const { flags: _flags, next: _next, hint: _hint, connection: _connection, note: _note, ...rest } = expected;
  if (rest.error === "bad-reply") delete rest.parsed;
  if (rest.features) {
    const named = namesOf(rest.features).map(([name, value]) => [name.toUpperCase(), value]);
    return { ...rest, features: Object.fromEntries(named) };
  }
  const entry = z.safeParse(z.record(z.string(), z.unknown()), rest.entry);
  if (!entry.success) return rest;
  const { name: _name, size, ...facts } = entry.data;
  return { ...rest, entry: facts.type === "dir" ? facts : { ...facts, size } };
}

function namesOf(features: unknown): [string, unknown][] {
  return typeof features === "object" && features !== null ? Object.entries(features) : [];
}

function expand(expected: Record<string, unknown>): Record<string, unknown> {
  const replies = z.safeParse(z.array(z.object({ code: z.number(), lines: z.array(longText) })), expected.replies);
  if (!replies.success) return expected;
  return { ...expected, replies: replies.data.map(({ code, lines }) => ({ code, lines: lines.map(unfold) })) };
}

function isOneOf(got: Record<string, unknown>, { expected, accept }: Case): boolean {
  const answers = [expected, ...accept].map((answer) => trim(expand(answer)));
  return answers.some((answer) => Object.entries(answer).every(([key, value]) => sameJson(got[key], value)));
}

function sameJson(got: unknown, wanted: unknown): boolean {
  try {
    expect(got).toEqual(wanted);
    return true;
  } catch {
    return false;
  }
}

const ours = ["framing", "greeting", "pasv", "epsv", "pwd", "mdtm", "size", "reply150", "feat", "mlst"];

describe("the reply cases", () => {
  const table = cases.filter(({ kind }) => ours.includes(kind)).map((row) => ({ id: row.id, row }));

  test.each(table)("$id is read as the case file says", ({ row }) => {
    const got = read(row.chunks.map(unfold), row);
    expect(got, JSON.stringify(row)).toSatisfy(() => isOneOf(got, row));
  });

  test.each(table)("$id reads the same wherever it is cut", ({ row }) => {
    const text = row.chunks.map(unfold).join("");
    const whole = read([text], row);
    const step = Math.max(1, Math.floor(text.length / 60)); // every byte of an ordinary reply, samples of the huge ones
    for (let at = 1; at < text.length; at += step)
      expect(read([text.slice(0, at), text.slice(at)], row)).toEqual(whole);
    if (text.length < 10_000) expect(read([...text], row)).toEqual(whole);
  });
});
