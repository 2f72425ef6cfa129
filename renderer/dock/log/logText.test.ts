import { expect, test } from "vitest";
import { logAsText } from "./logText.ts";

const words = { status: "Status", command: "Command", reply: "Response", error: "Error", listing: "Listing" };

test("a copied log has time, session, kind and words, and no control character", () => {
  const atMs = new Date(2026, 10, 21, 9, 5, 7).getTime();
  const text = logAsText(
    [
      { id: 1, atMs, kind: "status", session: null, text: "Connecting" },
      { id: 2, atMs, kind: "reply", session: "browse 1", text: "220 \u001b[2Jhi" },
    ],
    words,
  );
  expect(text).toBe("09:05:07 Status: Connecting\n09:05:07 [browse 1] Response: 220 \\x1b[2Jhi");
});
