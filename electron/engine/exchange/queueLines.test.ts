import { describe, expect, test } from "vitest";
import { defaultSiteSettings } from "../../../shared/models/site.ts";
import { firstLine, lastLine, readQueueLines, recordLine } from "./queueLines.ts";
import type { QueueRecord } from "./queueRecord.ts";

const site = { site: { key: 1, settings: { ...defaultSiteSettings, host: "h.example" } } };
const batch = { batch: { key: 1, site: 1, direction: "download" as const, root: "/in", rule: "skip" as const } };
const place = { place: { batch: 1, source: "/pub", target: "/in" } };
const transfer = { transfer: { source: "näme \u00e4\u0001\ud83d", size: 5, isPaused: true } };
const records = [site, batch, place, transfer];
const whole = [firstLine(), ...records.map(recordLine), lastLine(1)].join("");

/** As a file arrives: in pieces of any length. */
async function read(text: string, pieceLength = text.length): Promise<QueueRecord[]> {
  async function* pieces() {
    for (let at = 0; at < text.length; at += pieceLength) yield text.slice(at, at + pieceLength);
  }
  const found: QueueRecord[] = [];
  for await (const record of readQueueLines(pieces())) found.push(record);
  return found;
}

describe("Portside's own queue file", () => {
  test.each([1, 7, 4096])("is read back as it was written, in pieces of %i", async (pieceLength) => {
    expect(await read(whole, pieceLength)).toEqual(records);
  });

  test("lines ended by CR LF, empty lines and kinds of lines from later versions do not matter", async () => {
    const later = `${JSON.stringify({ label: { text: "later" } })}\n\n`;
    expect(await read(whole.replace(/\n/, `\n${later}`).replaceAll("\n", "\r\n"))).toEqual(records);
  });

  test.each([
    ["", "not-a-queue", null],
    ["{}", "not-a-queue", 1],
    ["hello", "not-a-queue", 1],
    [whole.replace('"version":1', '"version":2'), "newer-version", 1],
    [whole.slice(0, whole.lastIndexOf('{"end"')), "damaged", 5],
    [whole.slice(0, -4), "damaged", 6],
    [whole.replace(recordLine(transfer), ""), "damaged", 5],
    [`${whole}${recordLine(transfer)}`, "damaged", 7],
    [whole.replace('"size":5', '"size":-5'), "damaged", 5],
    [whole.replace('"source":"/pub"', '"source":""'), "damaged", 4],
    [whole.replace(/"source":"n[^"]*"/, '"source":"../x"'), "damaged", 5],
    [`${firstLine()}${"x".repeat(2_000_000)}`, "damaged", null],
  ])("%j is refused: %s, line %s", async (text, problem, line) => {
    await expect(read(text)).rejects.toMatchObject({ problem, line });
  });
});
