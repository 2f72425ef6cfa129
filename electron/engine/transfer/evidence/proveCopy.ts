import { AppError } from "../../../../shared/errors/appError.ts";
import type { ErrorKind } from "../../../../shared/errors/errorKind.ts";
import type { Checksum } from "../../../../shared/models/checksum.ts";
import type { EvidenceLevel } from "../../../../shared/models/evidence.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import type { Digests } from "./digests.ts";
import { isSameTail, overlapBytes } from "./overlap.ts";
import { agrees } from "./ownDigest.ts";
import { readBackSha256 } from "./readBack.ts";
import type { OwnDigest } from "./sums.ts";

export type Copy = {
  /** The file on the server. */
  readonly path: string;
  /** Bytes on our side. */
  readonly size: number;
  readonly ours: OwnDigest;
  readonly digests: Digests;
  /** The last bytes on our side. */
  readonly readTail: (length: number) => Promise<Uint8Array>;
};

export type Evidence = { readonly level: EvidenceLevel; readonly server: Checksum | null };

/**
 * Proves that the file on the server has the bytes of ours, by the first of `levels` that the server lets us reach; `otherwise` is what is
 * known already. Rejects with `verification-failed` when the bytes differ, and with what breaks a session.
 */
export async function proveCopy(
  session: RemoteSession,
  copy: Copy,
  { levels, otherwise }: { readonly levels: readonly EvidenceLevel[]; readonly otherwise: EvidenceLevel },
  signal: AbortSignal,
): Promise<Evidence> {
  for (const level of levels) {
    try {
      const evidence = await look(session, copy, level, signal);
      if (evidence !== null) return evidence;
    } catch (error) {
      const cannot = error instanceof AppError && unwilling.has(error.kind) && session.isUsable;
      if (!cannot) throw error;
    }
  }
  return { level: otherwise, server: null };
}

/** What a server says that will not let us look: then less is proved. */
const unwilling: ReadonlySet<ErrorKind> = new Set([
  "unsupported-command",
  "permission-denied",
  "not-found",
  "busy",
  "malformed-reply",
  "unexpected-reply",
  "resume-refused",
]);

async function look(session: RemoteSession, copy: Copy, level: EvidenceLevel, signal: AbortSignal) {
  switch (level) {
    case "hash":
      return compareHash(session, copy, signal);
    case "tail":
      return compareTail(session, copy, signal);
    case "read-back":
      return readBack(session, copy, signal);
    case "size":
    case "word":
      return null;
  }
}

async function compareHash(session: RemoteSession, { path, ours }: Copy, signal: AbortSignal) {
  const server = await session.checksum(path, signal);
  const isSame = agrees(ours, server);
  if (isSame === null) return null;
  if (!isSame)
    throw differs(path, `The server computes ${server.algorithm} ${server.value}, not ${ours[server.algorithm]}`);
  return { level: "hash", server } satisfies Evidence;
}

async function compareTail(session: RemoteSession, { path, size, readTail }: Copy, signal: AbortSignal) {
  const held = await readTail(Math.min(size, overlapBytes));
  if (!(await isSameTail(session, { path, end: size, held }, signal))) {
    throw differs(path, "The end of the file on the server is not the end of ours");
  }
  return { level: "tail", server: null } satisfies Evidence;
}

async function readBack(session: RemoteSession, { path, size, ours, digests }: Copy, signal: AbortSignal) {
  const back = await readBackSha256(session, { path, size, digests }, signal);
  if (back === null) throw differs(path, `Read back, it does not have ${size} bytes`);
  if (back !== ours["SHA-256"]) throw differs(path, `Read back, it has SHA-256 ${back}, not ${ours["SHA-256"]}`);
  return { level: "read-back", server: null } satisfies Evidence;
}

function differs(path: string, message: string): AppError {
  return new AppError("verification-failed", message, { path });
}
