import { expect, test } from "vitest";
import { errorKinds } from "../../../shared/errors/errorKind.ts";
import { nextStepFor } from "./nextStep.ts";

test.each([
  ["remote-full", "upload", "free-space"],
  ["local-full", "download", "free-space"],
  ["login-rejected", "upload", "edit-site"],
  ["proxy-failed", "download", "open-settings"],
  ["not-found", "download", "show-source"],
  ["not-found", "upload", "show-target"],
  ["local-not-found", "upload", "show-source"],
  ["local-busy", "upload", "show-source"],
  ["local-disk-failed", "download", null],
  ["connection-lost", "upload", null],
] as const)("%s of an %s leads to %s", (kind, direction, expected) => {
  expect(nextStepFor(kind, direction)).toBe(expected);
});

test("what the network or Portside did calls for nothing but another try", () => {
  const others = errorKinds.filter((kind) => nextStepFor(kind, "upload") === null);
  expect(others).toEqual(
    expect.arrayContaining(["connection-lost", "connection-timeout", "incomplete", "busy", "internal", "cancelled"]),
  );
});
