import assert from "node:assert/strict";
import { chmod, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RemoteSession } from "../../../electron/engine/sessions/remoteSession.ts";
import type { ErrorKind } from "../../../shared/errors/errorKind.ts";
import type { Check, CheckContext } from "./check.ts";
import { download, exercise, never, place, placeFolder, refuses, upload } from "./words.ts";

export const refusalChecks: readonly Check[] = [
  readOnly("upload", "takes no file into a folder it may not change", (session, locked) =>
    upload(session, `${locked}/new`, Buffer.from("x")),
  ),
  readOnly("make-folder", "makes no folder in a folder it may not change", (session, locked) =>
    session.makeFolder(`${locked}/new`, never),
  ),
  readOnly("delete", "deletes nothing in a folder it may not change", (session, locked) =>
    session.removeFile(`${locked}/file`, never),
  ),
  readOnly("rename", "renames nothing in a folder it may not change", (session, locked) =>
    session.rename(`${locked}/file`, `${locked}/new`, never),
  ),
  {
    id: "refusals.overwrite",
    title: "keeps a file that may not be written",
    run: async (context) => {
      await place(context, "file", "12345");
      await chmod(join(context.disk, "file"), 0o444);
      const path = `${context.folder}/file`;
      await refusesAndGoesOn(context, upload(context.session, path, Buffer.from("new")), "permission-denied");
      assert.equal(await readFile(join(context.disk, "file"), "utf8"), "12345");
    },
  },
  {
    id: "refusals.unreadable",
    title: "tells that a file may not be read",
    run: async (context) => {
      await place(context, "file", "12345");
      await chmod(join(context.disk, "file"), 0o000);
      await refusesAndGoesOn(context, download(context.session, `${context.folder}/file`), "permission-denied");
    },
  },
  {
    id: "refusals.missing",
    title: "tells that a file is not there",
    run: (context) => refusesAndGoesOn(context, download(context.session, `${context.folder}/nothing`, 1), "not-found"),
  },
  {
    id: "refusals.folder",
    title: "sends no folder as if it were a file",
    run: async (context) => {
      await placeFolder(context, "folder");
      const act = download(context.session, `${context.folder}/folder`);
      await refusesAndGoesOn(context, act, "not-found", "permission-denied", "not-a-directory");
    },
  },
  {
    id: "refusals.nowhere",
    title: "takes no file into a folder that is not there",
    run: (context) =>
      refusesAndGoesOn(
        context,
        upload(context.session, `${context.folder}/nothing/new`, Buffer.from("x")),
        "not-found",
        "permission-denied",
        "name-not-allowed",
      ),
  },
  {
    id: "refusals.too-long",
    title: "takes no name longer than the disk's",
    run: (context) =>
      refusesAndGoesOn(
        context,
        upload(context.session, `${context.folder}/${"n".repeat(300)}`, Buffer.from("x")),
        "name-not-allowed",
        "permission-denied",
      ),
  },
];

function readOnly(id: string, title: string, act: (session: RemoteSession, locked: string) => Promise<void>): Check {
  return {
    id: `refusals.${id}`,
    title,
    run: async (context) => {
      await placeFolder(context, "locked");
      await place(context, "locked/file", "12345");
      await chmod(join(context.disk, "locked"), 0o555);
      await refusesAndGoesOn(context, act(context.session, `${context.folder}/locked`), "permission-denied");
      assert.equal(await readFile(join(context.disk, "locked/file"), "utf8"), "12345");
    },
  };
}

async function refusesAndGoesOn(
  { session, folder }: CheckContext,
  act: Promise<unknown>,
  ...kinds: readonly ErrorKind[]
): Promise<void> {
  await refuses(act, ...kinds);
  assert.equal(session.isUsable, true);
  await exercise(session, folder);
}
