import { expect, test } from "vitest";
import { createI18n } from "../../i18n/createI18n.ts";
import { createFormats } from "../../i18n/format.ts";
import { sampleTransfer } from "../../stores/testing/samples.ts";
import { reportOf } from "./transferReport.ts";

const formats = createFormats("en", "binary", { today: (time) => time, yesterday: (time) => time });

test("a report names both ends, the reason, the way out and the server's own words", () => {
  const failed = sampleTransfer({ id: 7, state: "failed", errorKind: "remote-full", errorText: "452 Quota exceeded" });
  expect(reportOf(failed, formats, createI18n("en")).split("\n")).toEqual([
    "From: /home/ann/photo-7.jpg",
    "To: Harbour:/www/photo-7.jpg",
    "Size: 1,000 bytes",
    "State: Failed",
    "The server is full, or your quota is used up.",
    "Free some space there, then press Retry.",
    "452 Quota exceeded",
  ]);
});
