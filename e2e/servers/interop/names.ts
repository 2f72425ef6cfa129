import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import type { Check, CheckContext } from "./check.ts";
import { download, exercise, list, listNames, never, refuses, upload } from "./words.ts";

export const nameChecks: readonly Check[] = [
  life("blank", "with a blank", "with a blank.txt"),
  life("leading-blanks", "with blanks in front", "  two blanks"),
  life("trailing-blank", "with a blank at its end", "one blank "),
  life("quotes", "with quotes", `"quoted" and 'single'.txt`),
  life("percent", "with per cent signs", "100%20%s%n.txt"),
  life("hash", "with # and &", "a#b&c=d.txt"),
  life("dash", "with a dash in front", "-la"),
  life("dot", "with a dot in front", ".htaccess"),
  life("dots", "of three dots", "..."),
  life("pattern", "that looks like a pattern", "star*[x]?{a,b}.txt"),
  life("tilde", "with a tilde in front", "~root"),
  life("semicolon", "with ; and |", "semi;colon|pipe"),
  life("backslash", "with a backslash", "back\\slash.txt"),
  life("colon", "with a colon", "c:colon.txt"),
  life("arrow", "that looks like a link", "a -> b"),
  life("date", "that looks like a listing", "12:34 2020 Jan  1 file"),
  life("chinese", "in Chinese", "中文文件.txt"),
  life("emoji", "with an emoji", "smile 😀.txt"),
  life("gbk", "of GBK bytes", "测试文件.txt", Buffer.from("b2e2cad4cec4bcfe2e747874", "hex").toString("latin1")),
  life("byte-255", "with byte 255", "ÿ€\u0192.txt", "\xff\x80\x83.txt"),
  life("long", "of 200 letters", "n".repeat(200)),
  {
    id: "names.longest",
    title: "keeps a name of 255 bytes, the most a disk takes",
    run: async (context) => {
      await keep(context, ["n".repeat(255)]);
    },
  },
  {
    id: "names.case",
    title: "keeps “Readme” and “README” apart",
    run: (context) => keep(context, ["README", "Readme"]),
  },
  {
    id: "names.normal-forms",
    title: "keeps composed and decomposed é apart",
    run: (context) => keep(context, ["e\u0301.txt", "\u00e9.txt"]),
  },
  inside("folder", "with an odd name", " (a) -b; c 中"),
  inside("folder-pattern", "whose name looks like a pattern", "[a] *b*?"),
  {
    id: "names.line-break",
    title: "is never told a name with a line break",
    run: async ({ session, folder }) => {
      await refuses(session.removeFile(`${folder}/a\r\nDELE b`, never), "invalid-input");
      assert.equal(session.isUsable, true);
    },
  },
];

/** A name of text is UTF-8 on the wire; other bytes are given as `wireName`, one character per byte. */
function life(id: string, what: string, name: string, wireName?: string): Check {
  return {
    id: `names.${id}`,
    title: `lists, downloads, renames and deletes a name ${what}`,
    run: async (context) => {
      const { session } = context;
      await liveThrough(context, name, wireName ?? session.toWire(name));
    },
  };
}

function inside(id: string, what: string, name: string): Check {
  return {
    id: `names.${id}`,
    title: `works inside a folder ${what}`,
    run: async ({ session, folder }) => {
      const odd = `${folder}/${session.toWire(name)}`;
      await session.makeFolder(odd, never);
      await exercise(session, odd);
      await session.removeFolder(odd, never);
      assert.deepEqual(await list(session, folder), []);
    },
  };
}

async function liveThrough({ session, folder, disk }: CheckContext, name: string, wireName: string): Promise<void> {
  const path = `${folder}/${wireName}`;
  await upload(session, path, Buffer.from("content"));
  const onDisk = await readdir(Buffer.from(disk), { encoding: "buffer" });
  assert.deepEqual(
    onDisk.map((bytes) => bytes.toString("latin1")),
    [wireName],
  );
  const shown = (await list(session, folder)).map((entry) => [entry.name, entry.wireName, entry.size]);
  assert.deepEqual(shown, [[name, wireName, 7]]);
  assert.equal((await session.stat(path, never))?.size, 7);
  assert.equal((await download(session, path, 7)).toString(), "content");
  const renamed = `${wireName.slice(0, 190)} again`;
  await session.rename(path, `${folder}/${renamed}`, never);
  assert.deepEqual(
    (await list(session, folder)).map((entry) => entry.wireName),
    [renamed],
  );
  await session.removeFile(`${folder}/${renamed}`, never);
  assert.deepEqual(await list(session, folder), []);
}

async function keep({ session, folder }: CheckContext, names: readonly string[]): Promise<void> {
  for (const name of names) await upload(session, `${folder}/${session.toWire(name)}`, Buffer.from(name));
  assert.deepEqual(await listNames(session, folder), [...names].sort());
  for (const name of names) {
    const path = `${folder}/${session.toWire(name)}`;
    assert.equal((await download(session, path)).toString(), name);
    await session.removeFile(path, never);
  }
}
