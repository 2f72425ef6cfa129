import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "../../../shared/errors/appError.ts";
import type { Check, CheckContext } from "./check.ts";
import { download, exercise, never, place, refuses, upload } from "./words.ts";

const size = 100_000;
const offsets = [
  ["first", "the first byte", 1],
  ["middle", "the middle", size / 2],
  ["last", "the last byte", size - 1],
  ["end", "the end", size],
] as const;

export const resumeChecks: readonly Check[] = [
  ...offsets.flatMap(([id, where, offset]): Check[] => [
    {
      id: `resume.down-${id}`,
      title: `continues a download at ${where}`,
      run: async (context) => {
        const bytes = randomBytes(size);
        await place(context, "file", bytes);
        const rest = await download(context.session, `${context.folder}/file`, size, offset);
        assert.ok(rest.equals(bytes.subarray(offset)));
      },
    },
    {
      id: `resume.up-${id}`,
      title: `continues an upload at ${where}`,
      run: async (context) => {
        const bytes = randomBytes(size);
        await place(context, "file", bytes.subarray(0, offset));
        await upload(context.session, `${context.folder}/file`, bytes, offset);
        assert.ok((await readFile(join(context.disk, "file"))).equals(bytes));
      },
    },
  ]),
  {
    id: "resume.down-past",
    title: "sends nothing when a download continues past the end",
    run: async (context) => {
      const { session, folder } = context;
      await place(context, "file", "12345");
      const sent = await download(session, `${folder}/file`, null, 8).catch((error: unknown) => {
        if (error instanceof AppError && error.kind === "resume-refused") return Buffer.alloc(0);
        throw error;
      });
      assert.equal(sent.length, 0);
      await exercise(session, folder);
    },
  },
  {
    id: "resume.up-past",
    title: "keeps its file when an upload would continue past the end",
    run: async (context) => {
      const { session, folder, disk } = context;
      await place(context, "file", "12345");
      await refuses(upload(session, `${folder}/file`, Buffer.alloc(20), 8), "resume-refused");
      await refuses(upload(session, `${folder}/none`, Buffer.alloc(20), 8), "resume-refused");
      assert.equal(await readFile(join(disk, "file"), "utf8"), "12345");
    },
  },
  {
    id: "resume.append",
    title: "puts an upload of three pieces together",
    run: async ({ session, folder, disk }) => {
      const bytes = randomBytes(30_000);
      for (const [from, to] of [
        [0, 7_000],
        [7_000, 7_001],
        [7_001, 30_000],
      ] as const) {
        await upload(session, `${folder}/file`, bytes.subarray(0, to), from);
      }
      assert.ok((await readFile(join(disk, "file"))).equals(bytes));
    },
  },
  {
    id: "resume.then-whole",
    title: "begins at 0 again after a continued transfer",
    run: async (context) => {
      const { session, folder } = context;
      await place(context, "file", "0123456789");
      assert.equal((await download(session, `${folder}/file`, 10, 7)).toString(), "789");
      assert.equal((await download(session, `${folder}/file`, 10)).toString(), "0123456789");
    },
  },
  {
    id: "resume.cancelled-down",
    title: "continues a download that was cancelled",
    run: continueCancelledDownload,
  },
  {
    id: "resume.cancelled-up",
    title: "continues an upload that was cancelled",
    run: continueCancelledUpload,
  },
];

async function continueCancelledDownload({ folder, disk, server, open }: CheckContext): Promise<void> {
  const bytes = randomBytes(8_000_000);
  await writeFile(join(disk, "file"), bytes);
  server.handOver(disk);
  const stop = new AbortController();
  const pieces: Uint8Array[] = [];
  const write = async (piece: Uint8Array) => {
    pieces.push(Uint8Array.from(piece));
    stop.abort();
  };
  const request = { path: `${folder}/file`, offset: 0, size: bytes.length, sink: { write }, onBytes: () => {} };
  await refuses((await open()).download(request, stop.signal), "cancelled");
  const session = await open();
  const had = Buffer.concat(pieces);
  const rest = await download(session, `${folder}/file`, bytes.length, had.length);
  assert.ok(Buffer.concat([had, rest]).equals(bytes));
}

async function continueCancelledUpload({ folder, disk, open }: CheckContext): Promise<void> {
  const bytes = randomBytes(8_000_000);
  const path = `${folder}/file`;
  const stop = new AbortController();
  let at = 0;
  const read = async (into: Uint8Array) => {
    if (at > 4_000_000) stop.abort();
    const part = bytes.subarray(at, at + into.length);
    into.set(part);
    at += part.length;
    return part.length;
  };
  const request = { path, offset: 0, length: bytes.length, source: { read }, onBytes: () => {} };
  await refuses((await open()).upload(request, stop.signal), "cancelled");
  const session = await open();
  const arrived = (await session.stat(path, never))?.size ?? 0;
  await upload(session, path, bytes, arrived);
  assert.ok((await readFile(join(disk, "file"))).equals(bytes));
}
