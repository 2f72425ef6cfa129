import type { LineQuality } from "../../ftpd/slowLine.ts";
import type { Job } from "../contenders/contender.ts";

export const contenderNames = [
  "Portside",
  "lftp",
  "lftp, tuned",
  "curl",
  "basic-ftp",
  "FileZilla",
  "FileZilla, 10 transfers",
] as const;
export type ContenderName = (typeof contenderNames)[number];

export type RaceCase = Pick<Job, "direction" | "isEncrypted"> & {
  /** "A" to "G": the letters of the targets. */
  readonly letter: string;
  readonly title: string;
  readonly server: "vsftpd" | "ProFTPD";
  readonly files: FileSet;
  /** What lies between; null: loopback. */
  readonly line: LineQuality | null;
  readonly contenders: readonly ContenderName[];
  /** Our median by the best peer's, at most. */
  readonly target: number;
  /** How many times as fast as one peer we want to be besides. */
  readonly lead: Lead | null;
};

export type Lead = { readonly over: ContenderName; readonly times: number };

/** One large file, or many of one size in folders. */
export type FileSet =
  | { readonly shape: "file"; readonly bytes: number }
  | { readonly shape: "folder"; readonly count: number; readonly bytes: number; readonly folders: number };

const mebibyte = 1024 ** 2;
const small = 4096;

/** All cases, at a scale: 1 is the size the targets are meant for. */
export function listCases(scale: number): RaceCase[] {
  const large: FileSet = { shape: "file", bytes: megabytes(2048 * scale) };
  const capped: FileSet = { shape: "file", bytes: megabytes(200 * scale) };
  const many = folderOf(10_000 * scale, 100 * scale);
  const far = folderOf(200 * scale, 4);
  const near = folderOf(500 * scale, 5);
  const single = contenderNames.filter((name) => name !== "FileZilla, 10 transfers"); // one file is one transfer
  const parallel = ["Portside", "lftp, tuned", "curl"] as const;
  const longLine = { roundTripMs: 200, bytesPerSecond: null };
  return [
    ...both({ letter: "A", files: large, contenders: single, target: 0.65 }, { upload: { letter: "B", target: 0.9 } }),
    ...both({ letter: "C", files: large, contenders: single, target: 1, isEncrypted: true, server: "ProFTPD" }),
    ...both(
      { letter: "D", files: many, contenders: contenderNames, target: 0.85, lead: { over: "FileZilla", times: 3 } },
      { upload: { lead: { over: "FileZilla", times: 10 } } },
    ),
    ...both({ letter: "E", files: many, contenders: [...parallel, "FileZilla"], target: 1, isEncrypted: true }),
    ...both({ letter: "F", files: far, contenders: parallel, target: 0.4, line: longLine }),
    ...both({ letter: "F", files: far, contenders: parallel, target: 0.4, line: longLine, isEncrypted: true }),
    ...both({ letter: "F", files: near, contenders: parallel, target: 0.7, line: { ...longLine, roundTripMs: 50 } }),
    ...both({
      letter: "G",
      files: capped,
      contenders: ["Portside", "lftp", "lftp, tuned", "curl"],
      target: 1,
      line: { roundTripMs: 100, bytesPerSecond: 50_000_000 },
    }).slice(0, 1),
  ];
}

type Pair = Pick<RaceCase, "letter" | "files" | "contenders" | "target"> &
  Partial<Pick<RaceCase, "isEncrypted" | "server" | "line" | "lead">>;

function both(pair: Pair, { upload = {} }: { readonly upload?: Partial<Pair> } = {}): RaceCase[] {
  return (["download", "upload"] as const).map((direction) => {
    const filled = {
      isEncrypted: false,
      server: "vsftpd",
      line: null,
      lead: null,
      ...pair,
      ...(direction === "upload" ? upload : {}),
    } as const;
    return { ...filled, direction, title: titleOf({ ...filled, direction }) };
  });
}

function titleOf({ files, direction, isEncrypted, line, server }: Omit<RaceCase, "title">): string {
  const what =
    files.shape === "file" ? `${Math.round(files.bytes / mebibyte)} MiB` : `${files.count} × ${files.bytes / 1024} KiB`;
  const cap = line?.bytesPerSecond ? `, ${line.bytesPerSecond / 1e6} MB/s a connection` : "";
  const where = line === null ? "" : `, behind ${line.roundTripMs} ms${cap}`;
  return `${what} ${direction}${isEncrypted ? ", TLS 1.3" : ""}${where} (${server})`;
}

function megabytes(count: number): number {
  return Math.max(1, Math.round(count)) * mebibyte;
}

function folderOf(count: number, folders: number): FileSet {
  return {
    shape: "folder",
    count: Math.max(8, Math.round(count)),
    bytes: small,
    folders: Math.max(1, Math.round(folders)),
  };
}
