import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { overlapBytes } from "../../electron/engine/transfer/evidence/overlap.ts";
import type { ErrorKind } from "../../shared/errors/errorKind.ts";
import { filezilla1, filezilla09 } from "../ftpd/personalities/filezillaServer.ts";
import { iis6, iis10 } from "../ftpd/personalities/iis.ts";
import { nas } from "../ftpd/personalities/nas.ts";
import { servu6, servu15 } from "../ftpd/personalities/servu.ts";
import { vms } from "../ftpd/personalities/vms.ts";
import { wuFtpd } from "../ftpd/personalities/wuFtpd.ts";
import type { Personality } from "../ftpd/personality.ts";
import { leftUndone } from "../support/leftUndone.ts";
import { receiveVisits } from "../support/visit.ts";

const visit = receiveVisits("personality");

/** One server as a user meets it, and what it cannot do. */
type Journey = {
  readonly personality: Personality;
  /** The folder a session begins in, as Portside writes it. */
  readonly home: string;
  /** The same folder on the server's disk. */
  readonly disk: string;
  /** What the server makes of a file's name. */
  readonly named: (name: string) => string;
  /** A broken transfer goes on where it broke; else it begins anew. */
  readonly continues: { readonly download: boolean; readonly upload: boolean };
  readonly chmod: ErrorKind;
};

const same = (name: string) => name;
const continuesBoth = { download: true, upload: true };
const ordinary = { home: "/", disk: "", named: same, continues: continuesBoth };

const journeys: readonly Journey[] = [
  { ...ordinary, personality: iis10, chmod: "unsupported-command" },
  { ...ordinary, personality: iis6, chmod: "unsupported-command", continues: { download: false, upload: false } },
  { ...ordinary, personality: servu15, chmod: "permission-denied" },
  { ...ordinary, personality: servu6, chmod: "not-found" },
  { ...ordinary, personality: wuFtpd, chmod: "permission-denied" },
  { ...ordinary, personality: filezilla09, chmod: "unsupported-command" },
  { ...ordinary, personality: filezilla1, chmod: "unsupported-command" },
  { ...ordinary, personality: nas, chmod: "unsupported-command" },
  {
    personality: vms,
    home: "/DEMO",
    disk: "DEMO",
    named: (name) => `${name.toUpperCase()}${name.includes(".") ? "" : "."};1`,
    chmod: "unsupported-command",
    continues: { download: false, upload: false },
  },
];

const text = "Tide table\r\n06:12  4.1 m\r\n12:40  0.7 m\r\n";
// Below 1 MiB a broken file is fetched anew: it would cost more to make sure that the source is still the same.
const picture = Buffer.alloc(1_200_000, Buffer.from(Array.from({ length: 251 }, (_, at) => at)));
const breakAt = 1_100_000;

/** The server over a small tree, and an engine connected to it. */
async function meet({ personality, disk, named }: Journey) {
  const seed = async (root: string) => {
    const home = join(root, disk);
    await mkdir(join(home, "DOCS/OLD"), { recursive: true });
    await writeFile(join(home, named("TIDES.TXT")), text);
    await writeFile(join(home, "DOCS", named("HARBOUR.PNG")), picture);
  };
  const guest = await visit({ personality, seed });
  return { ...guest, disk: join(guest.server.root, disk) };
}

const below = (home: string, path: string) => `${home === "/" ? "" : home}/${path}`;

describe.each(journeys.map((journey) => [journey.personality.name, journey] as const))("%s", (_, journey) => {
  const { home, named, continues } = journey;

  test("opens, and shows its folders", async () => {
    const { engine, connection, list, place } = await meet(journey);
    expect([connection.status.state, connection.startPath]).toEqual(["connected", home]);
    expect(await list(home)).toEqual(["DOCS", named("TIDES.TXT")]);
    expect(await list(below(home, "DOCS"))).toEqual([named("HARBOUR.PNG"), "OLD"]);
    expect(await list(below(home, "DOCS/OLD"))).toEqual([]);
    expect(await list(below(home, "NOWHERE"))).toEqual(["not-found"]);
    const { path } = await engine.call("folders.resolve", { place, from: home, text: "DOCS/OLD/.." });
    expect(path).toBe(below(home, "DOCS"));
  });

  test("gives text and pictures byte for byte", async () => {
    const { engine, fetch, untilAllDone } = await meet(journey);
    await fetch(below(home, named("TIDES.TXT")), null);
    await fetch(below(home, `DOCS/${named("HARBOUR.PNG")}`), picture.length);
    await untilAllDone(2);
    expect(await readFile(join(engine.home, named("TIDES.TXT")), "utf8")).toBe(text);
    expect(picture.equals(await readFile(join(engine.home, named("HARBOUR.PNG"))))).toBe(true);
  });

  test("takes a folder, and shows what it took", async () => {
    const { engine, disk, list, send, untilAllDone } = await meet(journey);
    await mkdir(join(engine.home, "NEW/DEEP"), { recursive: true });
    await writeFile(join(engine.home, "NEW/EMPTY.DAT"), "");
    await writeFile(join(engine.home, "NEW/DEEP/PICTURE.PNG"), picture);
    await send(["NEW"], home);
    await untilAllDone(3);
    expect(await list(below(home, "NEW"))).toEqual(["DEEP", named("EMPTY.DAT")]);
    expect(picture.equals(await readFile(join(disk, "NEW/DEEP", named("PICTURE.PNG"))))).toBe(true);
  });

  test(`a broken download ${continues.download ? "goes on where it broke" : "begins anew"}`, async () => {
    const { engine, server, fetch, untilAllDone, offsetsOf } = await meet(journey);
    server.failData({ verb: "RETR" }, { kind: "cut", at: breakAt });
    await fetch(below(home, `DOCS/${named("HARBOUR.PNG")}`), picture.length);
    await untilAllDone(1);
    expect(picture.equals(await readFile(join(engine.home, named("HARBOUR.PNG"))))).toBe(true);
    const [first, ...later] = offsetsOf("RETR");
    expect(first).toBe(0);
    expect(later.some((offset) => offset === breakAt - overlapBytes)).toBe(continues.download); // what lies here is compared first
  });

  test(`a broken upload ${continues.upload ? "goes on where it broke" : "begins anew"}`, async () => {
    const { engine, server, disk, send, untilAllDone, offsetsOf } = await meet(journey);
    await writeFile(join(engine.home, "UP.PNG"), picture);
    server.failData({ verb: "STOR" }, { kind: "cut", at: breakAt });
    await send(["UP.PNG"], home);
    await untilAllDone(1);
    const arrived = (await readdir(disk)).filter((name) => name.startsWith("UP.PNG")).sort();
    expect(picture.equals(await readFile(join(disk, arrived.at(-1) ?? "")))).toBe(true);
    const offsets = offsetsOf("STOR", "APPE");
    expect(offsets.some((offset) => offset > 0)).toBe(continues.upload);
  });

  test("renames, makes and deletes, folders too", async () => {
    const { engine, disk, place } = await meet(journey);
    await engine.call("entries.rename", { place, path: home, wireName: named("TIDES.TXT"), newName: "TABLE.TXT" });
    await engine.call("entries.rename", { place, path: home, wireName: "DOCS", newName: "PAPERS" });
    await engine.call("folders.create", { place, path: home, name: "MADE" });
    await expect(engine.call("folders.create", { place, path: home, name: "MADE" })).rejects.toMatchObject({
      kind: "already-exists",
    });
    expect((await readdir(disk)).sort()).toEqual(["MADE", "PAPERS", named("TABLE.TXT")]);
    await engine.call("entries.move", {
      place,
      path: home,
      wireNames: [named("TABLE.TXT")],
      targetPath: below(home, "MADE"),
    });
    expect(await readdir(join(disk, "MADE"))).toEqual([named("TABLE.TXT")]);
    expect(await engine.call("jobs.remove", { place, path: home, wireNames: ["PAPERS", "MADE"] })).toMatchObject({
      done: 5,
      failed: 0,
    });
    expect(await readdir(disk)).toEqual([]);
    await engine.call("jobs.remove", { place, path: home, wireNames: [named("GONE.TXT")] });
    expect(leftUndone(engine)).toMatchObject([{ kind: "not-found" }]);
  });

  test("says in its own words that permissions stay as they are", async () => {
    const { engine, server, place } = await meet(journey);
    const plan = { files: { on: 0o600, off: 0o177 }, folders: null, recursive: false };
    await engine.call("jobs.setPermissions", { place, path: home, wireNames: [named("TIDES.TXT")], plan });
    expect(leftUndone(engine)).toMatchObject([{ kind: journey.chmod, reply: { text: expect.stringMatching(/\w/) } }]);
    expect(server.verbs()).toContain("SITE");
  });

  test("takes thirty files from four who want to send, and turns nobody's file away", async () => {
    const { engine, server, disk, list, place, send, untilAllDone } = await meet(journey);
    const names = Array.from({ length: 30 }, (_, index) => `F${String(index).padStart(2, "0")}.DAT`);
    for (const [index, name] of names.entries()) await writeFile(join(engine.home, name), name.repeat(index * 40));
    await engine.call("folders.create", { place, path: home, name: "MANY" });
    await send(names, below(home, "MANY"));
    expect(await list(home)).toContain("MANY"); // browsing goes on beside it
    await untilAllDone(30);
    const arrived = await readdir(join(disk, "MANY"));
    expect(arrived.sort()).toEqual(names.map(named));
    for (const [index, name] of names.entries())
      expect(await readFile(join(disk, "MANY", named(name)), "utf8")).toBe(name.repeat(index * 40));
    // Once turned away, the ceiling is known: nobody keeps knocking.
    expect(server.turnedAway()).toBeLessThanOrEqual(2);
  });

  test("a connection it has dropped is opened again, and shows the same folder", async () => {
    const { server, list } = await meet(journey);
    const undo = server.failCommand({ verb: "CWD" }, { kind: "drop" });
    server.failCommand({ verb: "MLSD" }, { kind: "drop" });
    expect(await list(below(home, "DOCS"))).toEqual([named("HARBOUR.PNG"), "OLD"]);
    undo();
    expect(new Set(server.journal.map(({ sessionId }) => sessionId)).size).toBe(2);
  });
});
