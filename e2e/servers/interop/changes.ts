import assert from "node:assert/strict";
import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile, stat as statLocal } from "node:fs/promises";
import { join } from "node:path";
import type { Check } from "./check.ts";
import { listNames, never, place, placeFolder, refuses, upload } from "./words.ts";

export const changeChecks: readonly Check[] = [
  {
    id: "changes.rename",
    title: "renames a file",
    run: async (context) => {
      const { session, folder, disk } = context;
      await place(context, "old", "12345");
      await session.rename(`${folder}/old`, `${folder}/new`, never);
      assert.deepEqual(await readdir(disk), ["new"]);
    },
  },
  {
    id: "changes.rename-over",
    title: "renames over a file that is there",
    run: async (context) => {
      const { session, folder, disk } = context;
      await place(context, "new", "old content");
      await place(context, "part", "new content");
      await session.rename(`${folder}/part`, `${folder}/new`, never);
      assert.deepEqual(await readdir(disk), ["new"]);
      assert.equal(await readFile(join(disk, "new"), "utf8"), "new content");
    },
  },
  {
    id: "changes.move",
    title: "moves a folder with what is in it",
    run: async (context) => {
      const { session, folder, disk } = context;
      await placeFolder(context, "album/inner");
      await placeFolder(context, "shelf");
      context.server.handOver(disk);
      await session.rename(`${folder}/album`, `${folder}/shelf/album`, never);
      assert.deepEqual(await listNames(session, `${folder}/shelf/album`), ["inner"]);
    },
  },
  {
    id: "changes.rename-missing",
    title: "tells that what is to be renamed is not there",
    run: ({ session, folder }) => refuses(session.rename(`${folder}/nothing`, `${folder}/new`, never), "not-found"),
  },
  {
    id: "changes.delete",
    title: "deletes a file",
    run: async (context) => {
      await place(context, "file", "");
      await context.session.removeFile(`${context.folder}/file`, never);
      assert.deepEqual(await readdir(context.disk), []);
    },
  },
  {
    id: "changes.delete-missing",
    title: "tells that what is to be deleted is not there",
    run: ({ session, folder }) => refuses(session.removeFile(`${folder}/nothing`, never), "not-found"),
  },
  {
    id: "changes.folder",
    title: "makes a folder, twice without harm, and removes it",
    run: async ({ open, folder, disk }) => {
      const session = await open();
      await session.makeFolder(`${folder}/made`, never);
      await session.makeFolder(`${folder}/made`, never);
      assert.deepEqual(await readdir(disk), ["made"]);
      await session.removeFolder(`${folder}/made`, never);
      assert.deepEqual(await readdir(disk), []);
    },
  },
  {
    id: "changes.folder-stood-in",
    title: "goes on after the folder it stood in was removed",
    run: async ({ open, folder }) => {
      const session = await open();
      for (const name of ["one", "two"]) {
        await session.makeFolder(`${folder}/${name}`, never);
        await session.makeFolder(`${folder}/${name}`, never); // a look whether it is there leads into it
        await session.removeFolder(`${folder}/${name}`, never);
        assert.deepEqual(await listNames(session, folder), []);
      }
    },
  },
  {
    id: "changes.folder-over-file",
    title: "makes no folder where a file is",
    run: async (context) => {
      await place(context, "file", "12345");
      await refuses(context.session.makeFolder(`${context.folder}/file`, never), "already-exists", "not-a-directory");
    },
  },
  {
    id: "changes.folder-nowhere",
    title: "makes no folder in a folder that is not there",
    run: ({ session, folder }) => refuses(session.makeFolder(`${folder}/nothing/new`, never), "not-found"),
  },
  {
    id: "changes.folder-full",
    title: "removes no folder that holds something",
    run: async (context) => {
      await placeFolder(context, "full/inner");
      context.server.handOver(context.disk);
      await refuses(context.session.removeFolder(`${context.folder}/full`, never), "directory-not-empty");
    },
  },
  {
    id: "changes.folder-missing",
    title: "tells that the folder to be removed is not there",
    run: ({ session, folder }) => refuses(session.removeFolder(`${folder}/nothing`, never), "not-found"),
  },
  {
    id: "changes.chmod-file",
    title: "changes the permissions of a file",
    run: async (context) => {
      await place(context, "a file", "");
      await context.session.setPermissions(`${context.folder}/a file`, 0o604, never);
      assert.equal((await statLocal(join(context.disk, "a file"))).mode & 0o777, 0o604);
    },
  },
  {
    id: "changes.chmod-folder",
    title: "changes the permissions of a folder",
    run: async (context) => {
      await placeFolder(context, "folder");
      await context.session.setPermissions(`${context.folder}/folder`, 0o750, never);
      assert.equal((await statLocal(join(context.disk, "folder"))).mode & 0o777, 0o750);
    },
  },
  {
    id: "changes.checksum",
    title: "computes a checksum",
    run: async (context) => {
      const bytes = randomBytes(100_000);
      await place(context, "file", bytes);
      const { algorithm, value } = await context.session.checksum(`${context.folder}/file`, never);
      assert.equal(value, createHash(algorithm.toLowerCase().replace("-", "")).update(bytes).digest("hex"));
    },
  },
  {
    id: "changes.copy",
    title: "copies a file by itself",
    run: async (context) => {
      const { session, folder, disk } = context;
      await place(context, "file", "12345");
      await session.copy(`${folder}/file`, `${folder}/copy`, never);
      assert.equal(await readFile(join(disk, "copy"), "utf8"), "12345");
    },
  },
  {
    id: "changes.stat-file",
    title: "tells what a file is",
    run: async ({ session, folder }) => {
      await upload(session, `${folder}/file`, Buffer.from("12345"));
      const stat = await session.stat(`${folder}/file`, never);
      assert.deepEqual([stat?.type, stat?.size], ["file", 5]);
      assert.ok(Math.abs((stat?.modifiedMs ?? 0) - Date.now()) < 120_000, "its time is not the present");
    },
  },
  {
    id: "changes.stat-folder",
    title: "tells what a folder is",
    run: async (context) => {
      await placeFolder(context, "folder");
      const stat = await context.session.stat(`${context.folder}/folder`, never);
      assert.deepEqual([stat?.type, stat?.size], ["directory", null]);
      assert.equal((await context.session.stat("/", never))?.type, "directory");
    },
  },
  {
    id: "changes.stat-missing",
    title: "tells that there is nothing",
    run: async ({ session, folder }) => assert.equal(await session.stat(`${folder}/nothing`, never), null),
  },
];
