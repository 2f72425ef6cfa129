import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { encodingDetector } from "./detectEncoding.ts";

const samples = {
  GB18030:
    "报告 测试文件 我的照片 年度总结2023 会议记录 合同 新建文件夹 用户手册 财务报表 软件下载 音乐 电影 学习资料 照片备份",
  Big5: "報告 測試檔案 我的照片 年度總結2023 會議記錄 合約 新增資料夾 使用手冊 財務報表 軟體下載 音樂 電影 學習資料 備份",
  Shift_JIS:
    "報告書 テスト ファイル 写真 会議メモ 新しいフォルダー 取扱説明書 音楽 ダウンロード 東京オフィス お知らせ 請求書 バックアップ",
  "EUC-JP":
    "報告書 テスト ファイル 写真 会議メモ 新しいフォルダー 取扱説明書 音楽 ダウンロード 東京オフィス お知らせ 請求書 バックアップ",
  "EUC-KR": "보고서 시험 파일 사진 회의록 새폴더 사용설명서 음악 영화 다운로드 학습자료 백업 공지사항 계약서",
  "KOI8-R": "Документы отчёт Фотографии Новая папка МУЗЫКА фильмы договор справка Резервная копия архив сайт письма",
  "windows-1251":
    "Документы отчёт Фотографии Новая папка МУЗЫКА фильмы договор справка Резервная копия архив сайт письма",
  "windows-1252":
    "Größe Übersicht Müller Straße détaillé été français año niño São João smörgåsbord København garçon façade",
  "windows-1250":
    "Příloha žádost účet řešení smlouvy přehled zdjęcia łódź książka umowa źródło gyűjtemény működés jelentős čtvrtletí",
} as const;

function detect(names: readonly string[], encoding: string): string {
  const detector = encodingDetector();
  for (const name of names) {
    const bytes = iconv.encode(name, encoding);
    if (bytes.some((byte) => byte >= 0x80)) detector.observe(bytes);
  }
  return detector.label;
}

describe.each(Object.entries(samples))("%s", (encoding, text) => {
  const names = text.split(" ").map((word) => `${word}.txt`);

  test("is known from a listing", () => {
    expect(detect(names, encoding)).toBe(encoding);
  });

  test("is known from any eight names of it", () => {
    const windows = names.slice(0, -7).map((_, start) => names.slice(start, start + 8));
    expect(windows.map((eight) => detect(eight, encoding))).toEqual(windows.map(() => encoding));
  });

  test("is known in spite of one name in another encoding", () => {
    const detector = encodingDetector();
    detector.observe(Buffer.from([0xff, 0x80, 0x2e]));
    for (const name of names) detector.observe(iconv.encode(name, encoding));
    expect(detector.label).toBe(encoding);
  });
});

test("a listing without end is weighed by its first names only", () => {
  const detector = encodingDetector();
  const name = iconv.encode("фотографии", "koi8-r");
  for (let index = 0; index < 100_000; index++) detector.observe(name);
  expect([detector.count, detector.label]).toEqual([100_000, "KOI8-R"]);
});

const regions = Array.from({ length: 26 * 26 }, (_, index) =>
  String.fromCharCode(65 + Math.floor(index / 26), 65 + (index % 26)),
);

/** What countries are called, as far as the encoding can say it and ASCII cannot. The letter weights were adjusted on these names. */
function countryNames(language: string, encoding: string): string[] {
  const names = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
  return regions
    .flatMap((code) => names.of(code) ?? [])
    .filter((name) => /[^ -~]/.test(name) && iconv.decode(iconv.encode(name, encoding), encoding) === name);
}

// Central European letters share most bytes with Western ones: eight names may hold a single "ő" or "ń" that tells.
test.each([
  ["zh-Hans", "GB18030", 0.95],
  ["zh-Hant", "Big5", 0.95],
  ["ja", "Shift_JIS", 0.95],
  ["ja", "EUC-JP", 0.95],
  ["ko", "EUC-KR", 0.95],
  ["ru", "KOI8-R", 0.95],
  ["ru", "windows-1251", 0.95],
  ["bg", "windows-1251", 0.95],
  ["de", "windows-1252", 0.95],
  ["fr", "windows-1252", 0.95],
  ["es", "windows-1252", 0.95],
  ["pt", "windows-1252", 0.95],
  ["sv", "windows-1252", 0.95],
  ["cs", "windows-1250", 0.85],
  ["pl", "windows-1250", 0.85],
  ["hu", "windows-1250", 0.85],
])(
  "eight countries written in %s and %s are read right in a share of %f of the listings",
  (language, encoding, share) => {
    const names = countryNames(language, encoding);
    const listings = names.slice(0, -7).map((_, start) => names.slice(start, start + 8));
    const isReadRight = (listing: readonly string[]) => {
      const guess = detect(listing, encoding); // "á" is the same byte in windows-1250 and windows-1252: the text counts
      return listing.every((name) => iconv.decode(iconv.encode(name, encoding), guess) === name);
    };
    expect(listings.length).toBeGreaterThan(10);
    expect(listings.filter(isReadRight).length / listings.length).toBeGreaterThanOrEqual(share);
  },
);
