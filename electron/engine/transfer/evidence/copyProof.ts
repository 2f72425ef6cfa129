import type { EvidenceChoice, RestartReason } from "../../../../shared/models/evidence.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import type { Proof } from "../store/receiptStore.ts";
import { algorithmBeside, planEvidence } from "./evidencePlan.ts";
import { addRest, type OwnSide, readTail, startDigest } from "./ownDigest.ts";
import { proveCopy } from "./proveCopy.ts";

/** What one try learns about the bytes it moves, up to what proves that they are right. */
export type CopyProof = {
  /** Bytes begin to pass, those from `offset` on. */
  readonly begin: (offset: number) => void;
  /** The next bytes pass. */
  readonly add: (bytes: Uint8Array) => void;
  /** Bytes pass in no order. What does not follow what has passed from 0 on is read at the end, from our own side. */
  readonly addAt: (position: number, bytes: Uint8Array) => void;
  /** What an earlier try had moved is moved again. */
  readonly noteRestart: (reason: RestartReason) => void;
  /**
   * Everything is on both sides. Rejects with `verification-failed` when the server's file is not ours, and with what breaks a session.
   */
  readonly finish: (copy: FinishedCopy, signal: AbortSignal) => Promise<Proof>;
};

export type FinishedCopy = {
  /** The file on the server. */
  readonly path: string;
  readonly own: OwnSide;
  /** The server shows a size, and it is the right one. */
  readonly isSeen: boolean;
};

export type ProofParts = { readonly evidence: EvidenceChoice; readonly isText: boolean };

/** Begins to collect. Of text nothing can be compared: its line ends differ on purpose. */
export function startProof(session: RemoteSession, { evidence: choice, isText }: ProofParts): CopyProof {
  const beside = algorithmBeside(choice, session.can.checksum);
  let passed = 0; // as far as the digest has seen every byte
  let next = 0;
  let digest = startDigest(beside);
  let restarted: RestartReason | null = null;
  let beganMs = performance.now();

  function addAt(position: number, bytes: Uint8Array): void {
    if (isText || position !== passed) return;
    digest.add(bytes);
    passed += bytes.length;
  }

  async function finish({ path, own, isSeen }: FinishedCopy, signal: AbortSignal): Promise<Proof> {
    const { size } = own;
    const movedMs = performance.now() - beganMs;
    if (isText) return { size, sha256: null, level: "word", server: null, restarted };
    await addRest(digest, own, passed, signal);
    const ours = digest.result();
    const { checksum: serverAlgorithm, resumeDownload: canReadMiddle } = session.can;
    const levels = isSeen ? planEvidence({ choice, size, serverAlgorithm, canReadMiddle, movedMs }) : [];
    const copy = { path, size, ours, readTail: (length: number) => readTail(own, size, length) };
    const evidence = await proveCopy(session, copy, { levels, otherwise: isSeen ? "size" : "word" }, signal);
    return { size, sha256: ours["SHA-256"] ?? null, ...evidence, restarted };
  }

  return {
    begin: (offset) => {
      digest = startDigest(beside);
      passed = 0;
      next = offset;
      beganMs = performance.now();
    },
    add: (bytes) => {
      addAt(next, bytes);
      next += bytes.length;
    },
    addAt,
    noteRestart: (reason) => {
      restarted = reason;
    },
    finish,
  };
}
