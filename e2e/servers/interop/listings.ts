import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, mkdir, readdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import type { Check } from "./check.ts";
import { download, exercise, find, list, listNames, never, place, placeFolder, refuses, upload } from "./words.ts";

const run = promisify(execFile);

export const listingChecks: readonly Check[] = [
  {
    id: "listings.empty",
    title: "lists an empty folder",
    run: async ({ session, folder }) => assert.deepEqual(await list(session, folder), []),
  },
  {
    id: "listings.many",
    title: "lists 1,000 files whole",
    run: async ({ session, folder, disk }) => {
      const names = Array.from({ length: 1_000 }, (_, index) => `file ${String(index).padStart(5, "0")}`);
      await Promise.all(names.map((name, index) => writeFile(join(disk, name), "x".repeat(index % 7))));
      const entries = await list(session, folder);
      assert.deepEqual(
        entries.map(({ name, size }) => [name, size]),
        names.map((name, index) => [name, index % 7]),
      );
    },
  },
  {
    id: "listings.types",
    title: "tells files from folders",
    run: async (context) => {
      await place(context, "file", "12345");
      await placeFolder(context, "folder");
      const entries = await list(context.session, context.folder);
      assert.deepEqual(
        entries.map(({ name, type }) => [name, type]),
        [
          ["file", "file"],
          ["folder", "directory"],
        ],
      );
    },
  },
  {
    id: "listings.permissions",
    title: "shows permissions and owners",
    run: async (context) => {
      await place(context, "file", "");
      await chmod(join(context.disk, "file"), 0o640);
      const entry = await find(context.session, context.folder, "file");
      assert.equal(entry.permissions, "rw-r-----");
      assert.ok(entry.owner, "no owner");
    },
  },
  {
    id: "listings.link-folder",
    title: "follows a link to a folder",
    run: async (context) => {
      const { session, folder, disk } = context;
      await placeFolder(context, "folder");
      await writeFile(join(disk, "folder/inside"), "");
      await symlink("folder", join(disk, "link"));
      await find(session, folder, "link");
      assert.deepEqual(await listNames(session, `${folder}/link`), ["inside"]);
    },
  },
  {
    id: "listings.link-file",
    title: "follows a link to a file",
    run: async (context) => {
      const { session, folder, disk } = context;
      await place(context, "file", "12345");
      await symlink("file", join(disk, "link"));
      await find(session, folder, "link");
      assert.equal((await download(session, `${folder}/link`)).toString(), "12345");
    },
  },
  {
    id: "listings.link-nowhere",
    title: "lists and deletes a link to nowhere",
    run: async ({ session, folder, disk }) => {
      await symlink("nowhere", join(disk, "link"));
      await find(session, folder, "link");
      await session.removeFile(`${folder}/link`, never);
      assert.deepEqual(await readdir(disk), []);
    },
  },
  {
    id: "listings.link-circle",
    title: "lists a link to the folder it lies in",
    run: async ({ session, folder, disk }) => {
      await symlink(".", join(disk, "circle"));
      assert.deepEqual(await listNames(session, folder), ["circle"]);
    },
  },
  {
    id: "listings.special",
    title: "lists what is neither file nor folder",
    run: async ({ session, folder, disk }) => {
      await run("mkfifo", [join(disk, "pipe")]);
      assert.deepEqual(await listNames(session, folder), ["pipe"]);
    },
  },
  {
    id: "listings.deep",
    title: "works 40 folders deep",
    run: async ({ session, folder }) => {
      let deep = folder;
      for (let level = 1; level <= 40; level++) {
        deep += `/level ${level}`;
        await session.makeFolder(deep, never);
      }
      await exercise(session, deep);
    },
  },
  {
    id: "listings.long-path",
    title: "works with a path of 1,500 letters",
    run: async ({ open, folder, disk }) => {
      const session = await open(); // a command cut into pieces is answered more than once
      const parts = Array.from({ length: 15 }, (_, index) => String.fromCharCode(97 + index).repeat(99));
      const inner = parts.join("/");
      await mkdir(join(disk, inner), { recursive: true });
      await chmod(join(disk, inner), 0o777);
      await exercise(session, `${folder}/${inner}`);
    },
  },
  {
    id: "listings.missing",
    title: "tells that a folder is not there",
    run: async ({ session, folder }) => {
      await refuses(list(session, `${folder}/nothing`), "not-found");
      await exercise(session, folder);
    },
  },
  {
    id: "listings.file",
    title: "does not list a file as if it were a folder",
    run: async (context) => {
      await place(context, "file", "");
      await refuses(list(context.session, `${context.folder}/file`), "not-a-directory", "not-found");
    },
  },
  {
    id: "listings.closed",
    title: "tells that a folder may not be read",
    run: async (context) => {
      await placeFolder(context, "closed");
      await chmod(join(context.disk, "closed"), 0o000);
      await refuses(list(context.session, `${context.folder}/closed`), "permission-denied");
    },
  },
  {
    id: "listings.follows",
    title: "lists what was sent a moment ago",
    run: async ({ session, folder }) => {
      for (const name of ["a", "b", "c"]) {
        await upload(session, `${folder}/${name}`, Buffer.from(name));
        assert.equal((await find(session, folder, name)).size, 1);
      }
    },
  },
];
