import { describe, expect, test } from "vitest";
import { AppError } from "../../../../shared/errors/appError.ts";
import { textCodec } from "../text/codec.ts";
import { listingFamilies } from "./listingFamilies.ts";
import { listingParser } from "./listingParser.ts";
import type { RawEntry } from "./rawEntry.ts";

const now = Date.UTC(2025, 1, 10, 8, 30);

/** A listing read as from a server that calls itself `system`. */
function read(text: string | Uint8Array, system: string | null = null): readonly RawEntry[] {
  const all: RawEntry[] = [];
  const parser = listingParser({
    families: listingFamilies(system),
    codec: textCodec({ encoding: "auto", speaksUtf8: true }),
    nowMs: now,
    zoneOffsetMs: 0,
    onEntries: (_, raws) => all.push(...raws),
  });
  try {
    parser.push(Buffer.from(text));
    parser.end();
  } catch (error) {
    if (!(error instanceof AppError && error.kind === "malformed-listing")) throw error;
  }
  return all;
}

/** "name | type | size | time", as much of the time as the server told. */
function show({ wireName, type, size, modifiedMs, modifiedPrecision, isUtc }: RawEntry): string {
  const digits = modifiedMs === null ? "-" : new Date(modifiedMs).toISOString();
  const time = digits.slice(0, { day: 10, minute: 16, second: 19 }[modifiedPrecision]);
  return [
    Buffer.from(wireName, "latin1").toString(),
    type,
    size ?? "-",
    isUtc && modifiedMs !== null ? `${time}Z` : time,
  ].join(" | ");
}

type Row = readonly [line: string, ...shown: string[]];

function readsEach(rows: readonly Row[], system: string | null = null): void {
  test.each(rows)("%j", (line, ...shown) => {
    expect(read(line, system).map(show)).toEqual(shown);
  });
}

describe("Unix permissions", () => {
  readsEach([
    ["drwxrwxrwt  12 root root 4096 Jan 10 13:09 tmp", "tmp | directory | - | 2025-01-10T13:09"],
    ["-rw-r--r--@  1 jo staff 512 Jan 10 13:09 mac", "mac | file | 512 | 2025-01-10T13:09"],
    ["-rw-r--r--*  1 jo staff 512 Jan 10 13:09 aix", "aix | file | 512 | 2025-01-10T13:09"],
    ["-rw-r--r---  1 jo staff 512 Jan 10 13:09 aix", "aix | file | 512 | 2025-01-10T13:09"],
    ["Drwxr-xr-x   1 jo staff 0 Jan 10 13:09 door", "door | other | - | 2025-01-10T13:09"],
    ["wrwxr-xr-x   1 jo staff 0 Jan 10 13:09 whiteout", "whiteout | other | - | 2025-01-10T13:09"],
    ["mrw-r--r--   1 jo staff 512 Jan 10 13:09 on tape", "on tape | file | 512 | 2025-01-10T13:09"],
    ["srwxrwxrwx   1 jo staff 0 Jan 10 13:09 socket", "socket | other | - | 2025-01-10T13:09"],
    ["brw-rw----   1 root disk 8,   0 Jan 10 13:09 sda", "sda | other | - | 2025-01-10T13:09"],
    ["crw-------   1 root sys 0x0d000001 Jul  2  2004 hpux", "hpux | other | - | 2004-07-02"],
  ]);

  test("a device's numbers are no owner", () => {
    const devices = "brw-rw---- 1 root disk 8,   0 Jan 10 13:09 a\ncrw------- 1 root sys 0x0d000001 Jul 2 2004 b\n";
    expect(read(devices).map(({ owner, group }) => [owner, group])).toEqual([
      ["root", "disk"],
      ["root", "sys"],
    ]);
  });
});

describe("Unix columns", () => {
  readsEach([
    ["131074    4 -rw-r--r--   1 jo staff 512 Jan 10  2024 ls -lis", "ls -lis | file | 512 | 2024-01-10"],
    ["-rw-r--r--   1 jo 512 Jan 10  2024 no group", "no group | file | 512 | 2024-01-10"],
    ["-rw-r--r--   jo staff 512 Jan 10  2024 no links", "no links | file | 512 | 2024-01-10"],
    ["-rw-r--r--   1 CORP\\jo Domain Users 512 Jan 10  2024 domain", "domain | file | 512 | 2024-01-10"],
    ["-rw-r--r--   1 May 2003 512 Jan 10  2024 owner May", "owner May | file | 512 | 2024-01-10"],
    [
      "-rw-r--r--   1 jo staff -1073741824 Jan 10  2024 counted in 32 bits",
      "counted in 32 bits | file | - | 2024-01-10",
    ],
    ["-rw-r--r--   1 jo staff 1.234.567 Jan 10  2024 dots", "dots | file | 1234567 | 2024-01-10"],
    ["-rw-r--r--   1 jo staff 1.5GB Jan 10  2024 rounded", "rounded | file | - | 2024-01-10"],
    ["drwxr-xr-x   2 jo staff 512 Jan 10  2024 ls -F/", "ls -F | directory | - | 2024-01-10"],
    ["-rw-r--r--   1 jo staff 512 Jan 10  2024 a -> b", "a -> b | file | 512 | 2024-01-10"],
    ["-rw-r--r--\t1\tjo\tstaff\t512\tJan\t10\t2024\ttabs", "tabs | file | 512 | 2024-01-10"],
    ["-rw-r--r--   1 jo staff 512 Jan 10  2024 a/b"],
    ["-rw-r--r--   1 jo staff 512 Jan 10  2024 ../../etc/passwd"],
  ]);

  test("links keep their target, also where it ran into the month", () => {
    const lines = [
      "lrwxrwxrwx 1 jo staff 6 Jan 10  2024 a -> b -> c",
      "lrwxrwxrwx 1 jo staff 1 Jan 10  2024 a -> b -> c",
      "lrwxrwxrwx 1 jo staff 1 Jan 10  2024 nowhere -> ",
      "lrw-rw-rw- 1 jo staff 542 /mnt/in trayFeb  8 12:30 In.lnk -> /mnt/in tray",
    ];
    const links = lines.flatMap((line) => read(line)).map(({ wireName, linkTarget }) => [wireName, linkTarget]);
    expect(links).toEqual([
      ["a", "b -> c"],
      ["a -> b", "c"],
      ["nowhere", null],
      ["In.lnk", "/mnt/in tray"],
    ]);
  });

  test.each(["total 12", "total 12K", "total 1,5M", "итого 12", "总用量 12", "合計 12", "insgesamt 12"])(
    "%j is a heading",
    (line) => {
      expect(read(`${line}\r\n-rw-r--r-- 1 jo staff 512 Jan 10  2024 one\r\n`).map(show)).toEqual([
        "one | file | 512 | 2024-01-10",
      ]);
    },
  );
});

describe("Unix dates", () => {
  const dates: readonly Row[] = [
    ["Jan 10 13:09:33", "2025-01-10T13:09:33"],
    ["Jan 10 13:09:33 2020", "2020-01-10T13:09:33"],
    ["Wed Jan 10 13:09:33 2024", "2024-01-10T13:09:33"],
    ["Jan 10 1:09PM", "2025-01-10T13:09"],
    ["10 Jan 13:09", "2025-01-10T13:09"],
    ["10. Jan 2024", "2024-01-10"],
    ["10. Juli, 13:09", "2024-07-10T13:09"],
    ["10 января 13:09", "2025-01-10T13:09"],
    ["10-Jan-2024 13:09", "2024-01-10T13:09"],
    ["10-Jan-24", "2024-01-10"],
    ["2024-01-10", "2024-01-10"],
    ["2024-01-10 13:09:11.123456789 +0100", "2024-01-10T12:09:11Z"],
    ["2024-01-10T13:09", "2024-01-10T13:09"],
    ["2024-01-10T13:09:11Z", "2024-01-10T13:09:11Z"],
    ["01-10 13:09", "2025-01-10T13:09"],
    ["01-10 2024", "2024-01-10"],
    ["10.01.2024", "2024-01-10"],
    ["10.01.2024 13:09", "2024-01-10T13:09"],
    ["30/01/2024 13:09", "2024-01-30T13:09"],
    ["01/30/2024 13:09", "2024-01-30T13:09"],
    ["1月 10日 13:09", "2025-01-10T13:09"],
    ["1月10日 13:09", "2025-01-10T13:09"],
    ["2024年1月10日", "2024-01-10"],
    ["2024年 1月10日 13:09", "2024-01-10T13:09"],
    ["1월 10일 2024년", "2024-01-10"],
    ["Feb 29 10:00", "2024-02-29T10:00"],
    ["Feb 11 07:00", "2025-02-11T07:00"],
    ["Feb 12 07:00", "2024-02-12T07:00"],
  ];
  readsEach(dates.map(([date, shown]) => [`-rw-r--r-- 1 jo staff 512 ${date} name`, `name | file | 512 | ${shown}`]));

  test.each(["Feb 29 2023", "2024-13-10", "Jan 32 10:00", "Jan 10 24:61", "32.13.2024", "Foo 10 2024"])(
    "%j is none, and nothing is invented",
    (date) => {
      expect(read(`-rw-r--r-- 1 jo staff 512 ${date} name`)).toEqual([]);
    },
  );

  test("a name may begin like a time or a year", () => {
    expect(read("-rw-r--r-- 1 jo staff 512 Jan 10  2024 10:30 call").map(show)).toEqual([
      "10:30 call | file | 512 | 2024-01-10",
    ]);
    expect(read("-rw-r--r-- 1 jo staff 512 Jan 10 10:30 2019 tax").map(show)).toEqual([
      "2019 tax | file | 512 | 2025-01-10T10:30",
    ]);
  });

  const months: readonly (readonly [language: string, ...names: string[]])[] = [
    ["German", "Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez"],
    ["French", "janv.", "févr.", "mars", "avril", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc."],
    ["Spanish", "ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
    ["Italian", "gen", "feb", "mar", "apr", "mag", "giu", "lug", "ago", "set", "ott", "nov", "dic"],
    ["Portuguese", "jan", "fev", "mar", "abr", "mai", "jun", "jul", "ago", "set", "out", "nov", "dez"],
    ["Dutch", "jan", "feb", "mrt", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"],
    ["Polish", "sty", "lut", "mar", "kwi", "maj", "cze", "lip", "sie", "wrz", "paź", "lis", "gru"],
    ["Czech", "led", "úno", "bře", "dub", "kvě", "čen", "čec", "srp", "zář", "říj", "lis", "pro"],
    ["Hungarian", "jan", "febr", "márc", "ápr", "máj", "jún", "júl", "aug", "szept", "okt", "nov", "dec"],
    [
      "Finnish",
      "tammi",
      "helmi",
      "maalis",
      "huhti",
      "touko",
      "kesä",
      "heinä",
      "elo",
      "syys",
      "loka",
      "marras",
      "joulu",
    ],
    ["Turkish", "Oca", "Şub", "Mar", "Nis", "May", "Haz", "Tem", "Ağu", "Eyl", "Eki", "Kas", "Ara"],
    ["Romanian", "ian", "feb", "mar", "apr", "mai", "iun", "iul", "aug", "sep", "oct", "noi", "dec"],
    ["Russian", "янв", "фев", "мар", "апр", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек"],
    ["Ukrainian", "січ", "лют", "бер", "кві", "тра", "чер", "лип", "сер", "вер", "жов", "лис", "гру"],
    ["Bulgarian", "яну", "фев", "мар", "апр", "май", "юни", "юли", "авг", "сеп", "окт", "ное", "дек"],
    ["Greek", "Ιαν", "Φεβ", "Μάρ", "Απρ", "Μάι", "Ιούν", "Ιούλ", "Αύγ", "Σεπ", "Οκτ", "Νοέ", "Δεκ"],
    ["Swedish", "jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"],
    ["Norwegian", "jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug.", "sep.", "okt.", "nov.", "des."],
    ["Icelandic", "jan", "feb", "mar", "apr", "maí", "jún", "júl", "ágú", "sep", "okt", "nóv", "des"],
    ["Chinese", ...Array.from({ length: 12 }, (_, month) => `${month + 1}月`)],
    ["Korean", ...Array.from({ length: 12 }, (_, month) => `${month + 1}월`)],
  ];

  test.each(months)("the months of %s", (_language, ...names) => {
    const found = names.map((name) => read(`-rw-r--r-- 1 jo staff 512 ${name}  5  2024 x`)[0]?.modifiedMs ?? 0);
    expect(found.map((ms) => new Date(ms).getUTCMonth() + 1)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });
});

describe("DOS and IIS", () => {
  readsEach([
    ["02-10-2025  08:15AM       <DIR>          four digits", "four digits | directory | - | 2025-02-10T08:15"],
    ["02/10/2025  08:15 PM         1,234 slashes", "slashes | file | 1234 | 2025-02-10T20:15"],
    ["10.02.2025  08:15             1.234 dots", "dots | file | 1234 | 2025-02-10T08:15"],
    ["13-12-24  08:15                   0 no such month", "no such month | file | 0 | 2024-12-13T08:15"],
    ["02-10-25  08:15:33PM              0 seconds", "seconds | file | 0 | 2025-02-10T20:15:33"],
    ["02-10-25  12:15a                  0 short half", "short half | file | 0 | 2025-02-10T00:15"],
    ["02-10-25  08:15AM  <SYMLINKD>     s [\\\\srv\\x]", "s | symlink | - | 2025-02-10T08:15"],
    ["02-10-25  08:15AM               512   led by blanks", "  led by blanks | file | 512 | 2025-02-10T08:15"],
    ["02-10-25  13:15PM               512 no such hour"],
    ["02-10-25  08:15AM               512 a/b"],
  ]);
});

describe("MLSD", () => {
  readsEach([
    ["type=file;size=5;modify=20250210; day only", "day only | file | 5 | 2025-02-10Z"],
    ["type=file;size=5;modify=20250210083000.9; fraction", "fraction | file | 5 | 2025-02-10T08:30:00Z"],
    ["type=file;size=5;modify=2025021008; cut", "cut | file | 5 | -"],
    [" type=file;size=5; as from MLST", "as from MLST | file | 5 | -"],
    ["type=symlink; plain", "plain | symlink | - | -"],
    ["type=OS.unix=slink:/a b;size=3; blank in target", "blank in target | symlink | - | -"],
    ["type=OS.unix=chr-13/29; device", "device | other | - | -"],
    ["type=dir;a=b=c;X.y=; odd facts", "odd facts | directory | - | -"],
    ["type=file;size=-5;modify=20250230000000; nonsense", "nonsense | file | - | -"],
  ]);
});

describe("VMS", () => {
  readsEach([
    ["A^_B.TXT;1  12KB 31-DEC-1999 23:59:59.99 [1,5] (RWED,,,)", "A^_B.TXT;1 | file | - | 1999-12-31T23:59:59"],
    ["5-MAR.TXT;1   2  5-MAR-1993 18:09 [1,5]  ()", "5-MAR.TXT;1 | file | - | 1993-03-05T18:09"],
    [
      "LONG.TXT;32767\r\n   12/14 1-JAN-2000 00:00 [STAFF,JO] (RWED,RWED,RE,)",
      "LONG.TXT;32767 | file | - | 2000-01-01T00:00",
    ],
    ["A+B#1.TXT;1  2  5-MAR-1993 18:09 [STAFF, JO] (RWED, RWED, RE, )", "A+B#1.TXT;1 | file | - | 1993-03-05T18:09"],
    ["A.TXT;1 %RMS-E-PRV, insufficient privilege or file protection violation"],
    ["%DIRECT-W-NOFILES, no files found"],
    ["hello 12 1-JAN-2000 of another system"],
  ]);
});

describe("z/OS", () => {
  const mvs = "MVS is the operating system of this server.";
  readsEach(
    [
      ["MIGRAT                                     OLD.DATA", "OLD.DATA | file | - | -"],
      ["WORK01 3390   2024/11/12  1   15  FB  80 27920  PO-E MY.PDSE", "MY.PDSE | directory | - | 2024-11-12"],
      ["WORK01 3390   2024/11/12  1   15  ?   ?   ?   ?  MY.ODD", "MY.ODD | file | - | -"],
      ["GDG                                        MY.GROUP", "MY.GROUP | file | - | -"],
      ["Error determining attributes               MY.FILE", "MY.FILE | file | - | -"],
      ["WORK01 Not Mounted                         'MY.FILE'", "MY.FILE | file | - | -"],
      ["MEMBER1   01.00 2024/01/02 2024/01/02 03:04:05 10 10 0 JO", "MEMBER1 | file | - | 2024-01-02T03:04:05"],
      ["JO1       JOB00123 JO       OUTPUT A   RC=0000 3 spool files", "JOB00123 | file | - | -"],
      ["drwxr-xr-x   2 JO  SYS1  8192 Jan 10 13:09 hfs", "hfs | directory | - | 2025-01-10T13:09"],
      ["No data sets found."],
    ],
    mvs,
  );

  test("a name alone is no data set on other systems", () => {
    expect(read("Error determining attributes    MY.FILE")).toEqual([]);
  });
});

describe("systems seldom met", () => {
  readsEach([
    ["JO    77824 23.02.00 15.09.55 *DIR       public/", "public | directory | - | 2000-02-23T15:09:55"],
    ["JO    77824 02/23/00 15:09:55 *SYMLNK    lnk -> /a/b", "lnk | symlink | - | 2000-02-23T15:09:55"],
    ["JO                            *FLR       folder", "folder | directory | - | -"],
    ["- [RWCEAFMS] Long User Name   214059       Oct 20  2004    cx.exe", "cx.exe | file | 214059 | 2004-10-20"],
    ["0120777 0 0 4 123456789 lnk -> x", "lnk | symlink | - | 1973-11-29T21:33:09Z"],
    ["40755 500 101 4096 123456789 dir", "dir | directory | - | 1973-11-29T21:33:09Z"],
    ["0  Dec 12, 2002 2:13 dir/", "dir | directory | - | 2002-12-12T02:13"],
  ]);

  describe("NonStop", () => {
    readsEach(
      [
        ['FILE1   101+   16354 18-Mar-15 15:09 244,10 "nnnn"', "FILE1 | file | 16354 | 2015-03-18T15:09"],
        ["FILE2 O 0      16354 18-Mar-15 15:09:12 -1,10 NUNU"],
        ["FILE2 O 0      16354 18-Mar-15 15:09:12 1,10 NUNU", "FILE2 | file | 16354 | 2015-03-18T15:09:12"],
      ],
      "HP NonStop",
    );
  });
});
