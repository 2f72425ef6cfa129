import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { open as openLocal, readFile, stat as statLocal, truncate } from "node:fs/promises";
import { join } from "node:path";
import type { Check, CheckContext } from "./check.ts";
import { download, find, never, place, refuses, upload } from "./words.ts";

const gibibyte = 1024 ** 3;
const tail = 10_000;

export const transferChecks: readonly Check[] = [
  both("empty", "a file of 0 bytes", 0),
  both("one", "a file of 1 byte", 1),
  both("buffer", "a file of 65,536 bytes", 65_536),
  both("large", "a file of 9 MiB and 1 byte", 9 * 1024 * 1024 + 1),
  {
    id: "transfers.bytes",
    title: "changes no byte: line ends, NUL, byte 255",
    run: async (context) => {
      const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      await sendAndFetch(context, Buffer.concat([every, Buffer.from("a\r\nb\nc\rd\x1a\x04"), every.reverse()]));
    },
  },
  {
    id: "transfers.hundred",
    title: "moves 100 files in one session",
    run: async ({ session, folder }) => {
      for (let index = 0; index < 50; index++) {
        const bytes = randomBytes(index * 700);
        await upload(session, `${folder}/${index}`, bytes);
        assert.ok((await download(session, `${folder}/${index}`, bytes.length)).equals(bytes));
      }
    },
  },
  {
    id: "transfers.shorter",
    title: "leaves no old end behind when a shorter file replaces a longer one",
    run: async (context) => {
      await place(context, "file", "a long old content");
      await upload(context.session, `${context.folder}/file`, Buffer.from("new"));
      assert.equal(await readFile(join(context.disk, "file"), "utf8"), "new");
    },
  },
  {
    id: "transfers.unknown-size",
    title: "sends a file whose size nobody asked for",
    run: async (context) => {
      const bytes = randomBytes(30_000);
      await place(context, "file", bytes);
      assert.ok((await download(context.session, `${context.folder}/file`)).equals(bytes));
    },
  },
  {
    id: "transfers.incomplete",
    title: "is not believed when a file ends too early",
    run: async (context) => {
      await place(context, "file", "12345");
      await refuses(download(context.session, `${context.folder}/file`, 6), "incomplete");
      assert.equal((await download(context.session, `${context.folder}/file`, 5)).toString(), "12345");
    },
  },
  {
    id: "transfers.size",
    title: "tells the size of what was sent",
    run: async ({ session, folder }) => {
      await upload(session, `${folder}/file`, Buffer.alloc(12_345));
      assert.equal(await session.finishUpload(`${folder}/file`, null, never), 12_345);
    },
  },
  {
    id: "transfers.5gib-size",
    title: "tells the size of a file of 5 GiB",
    run: async (context) => {
      const { session, folder } = context;
      await placeSparse(context, 5 * gibibyte);
      assert.equal((await session.stat(`${folder}/huge`, never))?.size, 5 * gibibyte);
      assert.equal((await find(session, folder, "huge")).size, 5 * gibibyte);
    },
  },
  {
    id: "transfers.5gib-download",
    title: "continues the download of a file of 5 GiB near its end",
    run: async (context) => {
      const bytes = randomBytes(tail);
      await placeSparse(context, 5 * gibibyte - tail, bytes);
      const size = 5 * gibibyte;
      assert.ok((await download(context.session, `${context.folder}/huge`, size, size - tail)).equals(bytes));
    },
  },
  {
    id: "transfers.5gib-upload",
    title: "continues the upload of a file of 5 GiB near its end",
    run: async (context) => {
      const { session, folder, disk } = context;
      const bytes = randomBytes(tail);
      const offset = 5 * gibibyte - tail;
      await placeSparse(context, offset);
      const source = { read: giveOnce(bytes) };
      await session.upload({ path: `${folder}/huge`, offset, length: tail, source, onBytes: () => {} }, never);
      assert.equal((await statLocal(join(disk, "huge"))).size, 5 * gibibyte);
      assert.ok((await readAt(join(disk, "huge"), offset, tail)).equals(bytes));
    },
  },
];

function both(id: string, what: string, size: number): Check {
  return {
    id: `transfers.${id}`,
    title: `takes and gives ${what}`,
    run: (context) => sendAndFetch(context, randomBytes(size)),
  };
}

async function sendAndFetch({ session, folder, disk }: CheckContext, bytes: Buffer): Promise<void> {
  await upload(session, `${folder}/file`, bytes);
  assert.ok((await readFile(join(disk, "file"))).equals(bytes), "what arrived is not what was sent");
  assert.ok((await download(session, `${folder}/file`, bytes.length)).equals(bytes), "what came back is another file");
}

/** A file with a hole of `size` bytes in front, which costs the disk nothing. */
async function placeSparse(context: CheckContext, size: number, end: Uint8Array = new Uint8Array()): Promise<void> {
  await place(context, "huge", "");
  const path = join(context.disk, "huge");
  await truncate(path, size);
  const file = await openLocal(path, "r+");
  try {
    await file.write(end, 0, end.length, size);
  } finally {
    await file.close();
  }
}

function giveOnce(bytes: Uint8Array): (into: Uint8Array) => Promise<number> {
  let left = bytes;
  return async (into) => {
    const part = left.subarray(0, into.length);
    into.set(part);
    left = left.subarray(part.length);
    return part.length;
  };
}

async function readAt(path: string, offset: number, length: number): Promise<Buffer> {
  const file = await openLocal(path);
  try {
    return (await file.read(Buffer.alloc(length), 0, length, offset)).buffer;
  } finally {
    await file.close();
  }
}
