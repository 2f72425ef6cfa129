import type { ChecksumAlgorithm } from "../../../../shared/models/checksum.ts";
import type { EvidenceChoice, EvidenceLevel } from "../../../../shared/models/evidence.ts";
import { overlapBytes } from "./overlap.ts";

export type EvidenceQuestion = {
  readonly choice: EvidenceChoice;
  readonly size: number;
  /** What the server computes; null: nothing. */
  readonly serverAlgorithm: ChecksumAlgorithm | null;
  /** The server begins a download in the middle. */
  readonly canReadMiddle: boolean;
  /** How long the bytes were on their way. */
  readonly movedMs: number;
};

/**
 * The levels to try after the sizes have been found equal, the best first. What a server cannot do is left out, so that the next best
 * proves it. "automatic" asks for a hash only where that is free: SHA-256, which we have anyway, and a server that has read the file in a
 * twentieth of the time its bytes took. A small file is moved in less time than the question takes.
 */
export function planEvidence(question: EvidenceQuestion): readonly EvidenceLevel[] {
  const { choice, size, serverAlgorithm, canReadMiddle } = question;
  const tail: readonly EvidenceLevel[] = size > 0 && (canReadMiddle || size <= overlapBytes) ? ["tail"] : [];
  switch (choice) {
    case "size":
      return [];
    case "tail":
      return tail;
    case "hash":
      return serverAlgorithm === null ? tail : ["hash", ...tail];
    case "read-back":
      return ["read-back"];
    case "automatic":
      return isHashFree(question) ? ["hash"] : [];
  }
}

/** What has to be computed while the bytes pass: SHA-256, and beside it what will be compared with the server's answer. */
export function algorithmsOf(
  choice: EvidenceChoice,
  serverAlgorithm: ChecksumAlgorithm | null,
): readonly ChecksumAlgorithm[] {
  const isOther = choice === "hash" && serverAlgorithm !== null && serverAlgorithm !== "SHA-256";
  return isOther ? ["SHA-256", serverAlgorithm] : ["SHA-256"];
}

const leastHashedBytes = 1024 * 1024;
const serverBytesPerMs = 400_000; // SHA-256 without instructions of its own, from memory
const freeShare = 1 / 20;

function isHashFree({ size, serverAlgorithm, movedMs }: EvidenceQuestion): boolean {
  return serverAlgorithm === "SHA-256" && size >= leastHashedBytes && size / serverBytesPerMs <= movedMs * freeShare;
}
