import { beforeAll, describe, expect, test } from "vitest";
import type { ImportResult } from "../../../shared/contract/exchange.ts";
import { createI18n } from "../../i18n/createI18n.ts";
import { exportedWords, importedWords } from "./exchangeWords.ts";

let t: Parameters<typeof importedWords>[1];
let zh: typeof t;
beforeAll(async () => {
  t = (await createI18n("en")).getFixedT("en", "dock");
  zh = (await createI18n("zh-CN")).getFixedT("zh-CN", "dock");
});

describe("what an import has brought", () => {
  test.each<[ImportResult, string]>([
    [{ problem: null, added: 120, sites: 2, leftOut: [] }, "120 transfers from 2 servers added."],
    [
      {
        problem: null,
        added: 1,
        sites: 1,
        leftOut: [
          { reason: "protocol", count: 2 },
          { reason: "damaged", count: 1 },
        ],
      },
      "1 transfer from 1 server added. 3 left out: 2 are not for FTP, 1 is damaged.",
    ],
    [{ problem: null, added: 0, sites: 0, leftOut: [] }, "Nothing was added."],
    [
      { problem: "damaged", line: 1234 },
      "This file is damaged or cut off, so nothing was added. Export it again, then import it. The trouble begins in line 1234.",
    ],
  ])("%j", (result, words) => {
    expect(importedWords(result, t)).toBe(words);
  });

  test("in Chinese", () => {
    const leftOut = [{ reason: "local-path", count: 3 }] as const;
    expect(importedWords({ problem: null, added: 120, sites: 2, leftOut: [...leftOut] }, zh)).toBe(
      "已添加来自 2 个服务器的 120 个传输。 有 3 个未添加：3 个的本地文件夹不可能存在于此计算机。",
    );
  });
});

test("an export says what it left out", () => {
  expect(exportedWords({ transfers: 1, leftOut: 0 }, t)).toBe("1 transfer exported, without passwords.");
  expect(exportedWords({ transfers: 1200, leftOut: 1 }, t)).toBe(
    "1,200 transfers exported, without passwords. 1 is left out: the file cannot hold a folder that has not been read yet.",
  );
});
