import { describe, expect, test } from "vitest";
import { answerSchema } from "./prompt.ts";

describe("the answer to a conflict", () => {
  const rename = (newName: string) => ({ kind: "conflict", action: "rename", scope: "this", newName });

  test.each(["notes (2).txt", "..notes", "a\\b", "报告"])("may give the new name %j", (name) => {
    expect(answerSchema.safeParse(rename(name)).success).toBe(true);
  });

  test.each(["../notes", "a/b", "/etc/passwd", "..", ".", "", "a\r\nDELE b", "a\0b", "n".repeat(1025)])(
    "may not give %j: it is not the name of one file",
    (name) => {
      expect(answerSchema.safeParse(rename(name)).success).toBe(false);
    },
  );
});
