import { describe, expect, test } from "vitest";
import { algorithmsOf, type EvidenceQuestion, planEvidence } from "./evidencePlan.ts";

const large: EvidenceQuestion = {
  choice: "automatic",
  size: 100 * 1024 * 1024,
  serverAlgorithm: "SHA-256",
  canReadMiddle: true,
  movedMs: 60_000,
};
const small: Partial<EvidenceQuestion> = { size: 4_096 };

describe("planEvidence", () => {
  test.each([
    ["a slow large transfer is hashed by a server that can", large, ["hash"]],
    ["a fast one is not: the server would take longer than a twentieth of it", { ...large, movedMs: 1_000 }, []],
    ["a small one is not: the question costs as much as the file", { ...large, ...small }, []],
    ["only SHA-256 is free: we have it anyway", { ...large, serverAlgorithm: "MD5" }, []],
    ["a server without checksums is believed by size", { ...large, serverAlgorithm: null }, []],
    ["size is what was asked for", { ...large, choice: "size" }, []],
    ["the tail is read where a download can begin in the middle", { ...large, choice: "tail" }, ["tail"]],
    ["and not where it cannot", { ...large, choice: "tail", canReadMiddle: false }, []],
    ["the tail of a small file is the file", { ...large, ...small, choice: "tail", canReadMiddle: false }, ["tail"]],
    ["an empty file has no tail", { ...large, choice: "tail", size: 0 }, []],
    [
      "a wanted hash is asked for whatever it costs",
      { ...large, ...small, choice: "hash", movedMs: 1 },
      ["hash", "tail"],
    ],
    ["and gives way to the tail", { ...large, choice: "hash", serverAlgorithm: null }, ["tail"]],
    [
      "reading back needs nothing of the server",
      { ...large, choice: "read-back", serverAlgorithm: null },
      ["read-back"],
    ],
  ] as const)("%s", (_, question, levels) => {
    expect(planEvidence(question)).toEqual(levels);
  });

  test("another algorithm is computed along only for who has asked for hashes", () => {
    expect(algorithmsOf("automatic", "MD5")).toEqual(["SHA-256"]);
    expect(algorithmsOf("hash", "MD5")).toEqual(["SHA-256", "MD5"]);
    expect(algorithmsOf("hash", "SHA-256")).toEqual(["SHA-256"]);
  });
});
