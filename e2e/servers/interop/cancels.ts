import assert from "node:assert/strict";
import { truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { RemoteSession } from "../../../electron/engine/sessions/remoteSession.ts";
import type { Check } from "./check.ts";
import { exercise, list, place, refuses } from "./words.ts";

const size = 200 * 1024 * 1024; // more than every buffer between the server's disk and us

export const cancelChecks: readonly Check[] = [
  {
    id: "cancels.download",
    title: "goes on after a cancelled download",
    run: async (context) => {
      const { session, folder, disk } = context;
      await place(context, "file", "");
      await truncate(join(disk, "file"), size);
      await cancelDownload(session, `${folder}/file`);
      assert.equal(session.isUsable, true);
      await exercise(session, folder);
    },
  },
  {
    id: "cancels.upload",
    title: "goes on after a cancelled upload",
    run: async ({ session, folder }) => {
      await cancelUpload(session, `${folder}/file`);
      assert.equal(session.isUsable, true);
      await exercise(session, folder);
    },
  },
  {
    id: "cancels.listing",
    title: "lists whole and nothing else after a cancelled listing",
    run: async ({ open, folder, disk }) => {
      const session = await open();
      const names = Array.from({ length: 500 }, (_, index) => `file ${index}`);
      await Promise.all(names.map((name) => writeFile(join(disk, name), "")));
      const stop = new AbortController();
      const listing = session.list(folder, () => stop.abort(), stop.signal);
      await listing.catch((error) => refuses(Promise.reject(error), "cancelled")); // a short one may be over already
      const next = session.isUsable ? session : await open();
      assert.equal((await list(next, folder)).length, 500);
    },
  },
  {
    id: "cancels.before",
    title: "is not asked for what was cancelled before it began",
    run: async ({ session, folder }) => {
      await refuses(
        session.list(folder, () => {}, AbortSignal.abort()),
        "cancelled",
      );
      await exercise(session, folder);
    },
  },
  {
    id: "cancels.ten",
    title: "goes on after ten cancelled transfers",
    run: async (context) => {
      const { session, folder, disk } = context;
      await place(context, "file", "");
      await truncate(join(disk, "file"), size);
      for (let count = 0; count < 5; count++) {
        await cancelDownload(session, `${folder}/file`);
        await cancelUpload(session, `${folder}/sent`);
      }
      await exercise(session, folder);
    },
  },
  {
    id: "cancels.neighbour",
    title: "goes on with other sessions when one is cut off",
    run: async ({ session, open, folder }) => {
      const other = await open();
      const cut = cancelUpload(other, `${folder}/file`);
      await exercise(session, folder);
      await cut;
      await other.close();
      await exercise(session, folder);
    },
  },
];

async function cancelDownload(session: RemoteSession, path: string): Promise<void> {
  const stop = new AbortController();
  const sink = { write: async () => stop.abort() };
  await refuses(session.download({ path, offset: 0, size, sink, onBytes: () => {} }, stop.signal), "cancelled");
}

async function cancelUpload(session: RemoteSession, path: string): Promise<void> {
  const stop = new AbortController();
  let given = 0;
  const read = async (into: Uint8Array) => {
    given += into.length;
    if (given > 6_000_000) stop.abort();
    return into.length;
  };
  const request = { path, offset: 0, length: 1e12, source: { read }, onBytes: () => {} };
  await refuses(session.upload(request, stop.signal), "cancelled");
}
