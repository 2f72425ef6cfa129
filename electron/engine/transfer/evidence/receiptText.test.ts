import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { Receipt } from "../../../../shared/models/evidence.ts";
import { frameOf, writeReceipt } from "./receiptText.ts";

const receipt: Receipt = {
  transferId: 7,
  direction: "download",
  siteName: "Harbour, east",
  localPath: "/home/ann/=sum.txt",
  remotePath: "/pub/a.txt",
  size: 5,
  sha256: "ab".repeat(32),
  level: "hash",
  server: { algorithm: "SHA-256", value: "ab".repeat(32) },
  restarted: null,
  atMs: Date.UTC(2026, 0, 2, 3, 4, 5),
  check: { side: "disk", result: "same", level: "hash", atMs: Date.UTC(2026, 0, 3) },
};

test("a line of CSV has a cell for each column, and quotes what needs it", () => {
  const { head } = frameOf("csv");
  const line = writeReceipt(receipt, "csv") ?? "";
  expect(line).toContain(`7,download,"Harbour, east",/home/ann/=sum.txt,/pub/a.txt,5,`);
  expect(line.replace(/"[^"]*"/g, "").split(",")).toHaveLength(head.split(",").length);
  expect(line.endsWith("2026-01-02T03:04:05.000Z,disk,same,hash,2026-01-03T00:00:00.000Z\r\n")).toBe(true);
});

test("a name is not a formula in a spreadsheet", () => {
  expect(writeReceipt({ ...receipt, siteName: "=cmd()" }, "csv")).toContain(",'=cmd(),");
});

test("JSON pieces are one document", () => {
  const { head, between, tail } = frameOf("json");
  const parsed = JSON.parse(head + [receipt, receipt].map((one) => writeReceipt(one, "json")).join(between) + tail);
  expect(parsed).toHaveLength(2);
  expect(parsed[0]).toMatchObject({ transferId: 7, sha256: receipt.sha256, at: "2026-01-02T03:04:05.000Z" });
});

test("sha256sum reads the sums, of names with a line end too", () => {
  const folder = mkdtempSync(join(tmpdir(), "portside-sums-"));
  const lines = ["plain", "two\nlines", "back\\slash"].map((name) => {
    const localPath = join(folder, name);
    writeFileSync(localPath, name);
    return writeReceipt({ ...receipt, localPath, sha256: createHash("sha256").update(name).digest("hex") }, "sha256");
  });
  const checked = execFileSync("sha256sum", ["--check", "--strict", "-"], { input: lines.join("") }).toString();
  expect(checked.match(/: OK/g)).toHaveLength(3);
  rmSync(folder, { recursive: true });
});

test("a text file has no sum to write", () => {
  expect(writeReceipt({ ...receipt, sha256: null, level: "word" }, "sha256")).toBeNull();
});
