import type { EvidenceChoice, RestartReason } from "../../../../shared/models/evidence.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import type { Proof } from "../store/receiptStore.ts";
import type { Digests } from "./digests.ts";
import { algorithmsOf, planEvidence } from "./evidencePlan.ts";
import { finishDigest, type OwnSide, readTail } from "./ownDigest.ts";
import { proveCopy } from "./proveCopy.ts";

/** What one try learns about the bytes it moves, up to what proves that they are right. */
export type CopyProof = {
  /** Bytes begin to pass, those from `offset` on. */
  readonly begin: (offset: number) => void;
  /** The next bytes pass. They have to stay as they are until it resolves; null: it is done with them. Never rejects. */
  readonly add: (bytes: Uint8Array) => Promise<void> | null;
  /** As `add`, in no order. What does not follow what has passed from 0 on is read at the end, from our own side. */
  readonly addAt: (position: number, bytes: Uint8Array) => Promise<void> | null;
  /** What an earlier try had moved is moved again. */
  readonly noteRestart: (reason: RestartReason) => void;
  /**
   * Everything is on both sides. Rejects with `verification-failed` when the server's file is not ours, and with what breaks a session.
   */
  readonly finish: (copy: FinishedCopy, signal: AbortSignal) => Promise<Proof>;
  /** The try is over, however it has ended. */
  readonly close: () => void;
};

export type FinishedCopy = {
  /** The file on the server. */
  readonly path: string;
  readonly own: OwnSide;
  /** The server shows a size, and it is the right one. */
  readonly isSeen: boolean;
};

export type ProofParts = {
  readonly evidence: EvidenceChoice;
  readonly isText: boolean;
  readonly digests: Digests;
};

/** Begins to collect, of a file of `size` bytes; null: unknown. Of text nothing can be compared: its line ends differ on purpose. */
export function startProof(
  session: RemoteSession,
  size: number | null,
  { evidence: choice, isText, digests }: ProofParts,
): CopyProof {
  const algorithms = algorithmsOf(choice, session.can.checksum);
  let passed = 0; // as far as the digest has seen every byte
  let next = 0;
  let digest = digests.start({ algorithms, size });
  let restarted: RestartReason | null = null;
  let beganMs = performance.now();

  function addAt(position: number, bytes: Uint8Array): Promise<void> | null {
    if (isText || position !== passed) return null;
    passed += bytes.length;
    return digest.add(bytes);
  }

  async function finish({ path, own, isSeen }: FinishedCopy, signal: AbortSignal): Promise<Proof> {
    const { size } = own;
    const movedMs = performance.now() - beganMs;
    if (isText) return { size, sha256: null, level: "word", server: null, restarted };
    const ours = await finishDigest(digest, own, passed, signal);
    const { checksum: serverAlgorithm, resumeDownload: canReadMiddle } = session.can;
    const levels = isSeen ? planEvidence({ choice, size, serverAlgorithm, canReadMiddle, movedMs }) : [];
    const copy = { path, size, ours, digests, readTail: (length: number) => readTail(own, size, length) };
    const evidence = await proveCopy(session, copy, { levels, otherwise: isSeen ? "size" : "word" }, signal);
    return { size, sha256: ours["SHA-256"] ?? null, ...evidence, restarted };
  }

  return {
    begin: (offset) => {
      digest.drop();
      digest = digests.start({ algorithms, size });
      passed = 0;
      next = offset;
      beganMs = performance.now();
    },
    add: (bytes) => {
      const position = next;
      next += bytes.length;
      return addAt(position, bytes);
    },
    addAt,
    noteRestart: (reason) => {
      restarted = reason;
    },
    finish,
    close: () => digest.drop(),
  };
}
