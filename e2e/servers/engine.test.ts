import { mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { localPlace, type Place } from "../../shared/models/place.ts";
import { makeCertificate } from "../ftpd/certificates.ts";
import { startProftpd, startVsftpd } from "../ftpd/realServers.ts";
import type { RealServerOptions } from "../ftpd/serverProgram.ts";
import type { TestEngine } from "../support/engine.ts";
import { layTestBed } from "../support/testBed.ts";
import { hashTree, writeTree } from "../support/trees.ts";

const bed = layTestBed("engine");

/** An engine with a saved site of a running server, connected. */
async function connected(start: typeof startVsftpd, options: RealServerOptions = {}) {
  const { server: ftpd, ...rest } = await bed.connected(start, options);
  const place: Place = { side: "remote", connectionId: rest.connection.id };
  return { ftpd, place, ...rest };
}

/** Waits until a folder shows exactly these names. */
async function untilShows(engine: TestEngine, place: Place, path: string, names: readonly string[]): Promise<void> {
  await expect.poll(() => engine.list(place, path), { timeout: 5_000, interval: 50 }).toEqual([...names].sort());
}

describe.each([
  ["vsftpd", startVsftpd],
  ["ProFTPD", startProftpd],
])("with %s", (_, start) => {
  test("browses, makes, renames, moves, protects and deletes on both sides", async () => {
    const { ftpd, engine, connection, place } = await connected(start);
    const home = engine.home;
    expect(connection).toMatchObject({ status: { state: "connected" }, startPath: "/" });

    for (const [where, root, disk] of [
      [place, "/", ftpd.root],
      [localPlace, home, home],
    ] as const) {
      const child = (name: string) => `${root === "/" ? "" : root}/${name}`;
      const made = await engine.call("folders.create", { place: where, path: root, name: "新 folder #1" });
      await engine.call("folders.create", { place: where, path: root, name: "target" });
      await untilShows(engine, where, root, ["target", "新 folder #1"]);
      await expect(engine.call("folders.create", { place: where, path: root, name: "target" })).rejects.toMatchObject({
        kind: "already-exists",
      });

      await engine.call("entries.rename", { place: where, path: root, wireName: made.wireName, newName: "plain" });
      await expect(
        engine.call("entries.rename", { place: where, path: root, wireName: "plain", newName: "target" }),
      ).rejects.toMatchObject({ kind: "already-exists" });
      await engine.call("entries.move", {
        place: where,
        path: root,
        wireNames: ["plain"],
        targetPath: child("target"),
      });
      expect(await readdir(join(disk, "target"))).toEqual(["plain"]);
      const plan = { files: null, folders: { on: 0o750, off: 0o027 }, recursive: false };
      await engine.call("jobs.setPermissions", { place: where, path: root, wireNames: ["target"], plan });
      expect((await stat(join(disk, "target"))).mode & 0o777).toBe(0o750);

      const { path } = await engine.call("folders.resolve", { place: where, from: root, text: "target/plain/.." });
      expect(path).toBe(child("target"));
      const { folders } = await engine.call("folders.subfolders", { place: where, path: child("target") });
      expect(folders).toEqual([{ name: "plain", path: child("target/plain") }]);
      expect(await engine.call("jobs.remove", { place: where, path: root, wireNames: ["target"] })).toEqual({
        done: 2,
        failed: 0,
        isComplete: true,
      });
      await untilShows(engine, where, root, []);
    }
  });

  test("a dropped folder arrives whole, the open listing follows, and comes back equal", async () => {
    const { ftpd, engine, connection, place } = await connected(start);
    await writeTree(join(engine.home, "album"), { files: 40, folders: 6, minBytes: 0, maxBytes: 50_000, seed: 3 });
    const { sources } = await engine.call("local.describe", { paths: [join(engine.home, "album")] });
    const drop = { direction: "upload", connectionId: connection.id, sources, targetPath: "/" } as const;
    await engine.call("queue.add", drop);
    await engine.untilQueue(({ queued, running, completed }) => queued + running === 0 && completed > 40);
    await untilShows(engine, place, "/", ["album"]);
    expect(await hashTree(join(ftpd.root, "album"))).toEqual(await hashTree(join(engine.home, "album")));

    await mkdir(join(engine.home, "back"));
    await engine.call("queue.add", {
      direction: "download",
      connectionId: connection.id,
      sources: [{ path: "/album", name: "album", type: "directory", size: null, modifiedMs: null }],
      targetPath: join(engine.home, "back"),
    });
    await engine.untilQueue(
      ({ queued, running, completed, failed }) => queued + running === 0 && completed + failed > 90,
    );
    expect(await hashTree(join(engine.home, "back/album"))).toEqual(await hashTree(join(engine.home, "album")));
  });

  test("a server that restarts is found again, and what is on screen is read again", async () => {
    const root = await bed.scratch();
    const first = await start({ root });
    const engine = await bed.engineOver(await bed.scratch());
    const siteId = await engine.createSite({ port: first.port, user: first.user, encryption: "plain" }, first.password);
    const { id } = await engine.connect(siteId);
    const place: Place = { side: "remote", connectionId: id };
    const shown: string[][] = [];
    const stop = engine.engine.api["folders.watch"]({ place, path: "/" }, (news) => {
      if (news.state === "rows") shown.push(news.columns.names);
    });
    await untilShows(engine, place, "/", []);
    await first.stop();
    await engine.untilConnection(id, ({ status }) => status.state === "reconnecting");
    await writeFile(join(root, "new"), "");
    await bed.serve(start, { root, port: first.port });
    await engine.untilConnection(id, ({ status }) => status.state === "connected");
    await expect.poll(() => shown.at(-1), { timeout: 10_000 }).toEqual(["new"]);
    stop();
  });

  test("F-control-14: a wrong password is sent once, and everything that waits for it says so", async () => {
    const ftpd = await bed.serve(start, {});
    const engine = await bed.engineOver(await bed.scratch());
    const siteId = await engine.createSite({ port: ftpd.port, user: ftpd.user, encryption: "plain" }, "wrong password");
    const connection = await engine.connect(siteId);
    expect(connection.status).toMatchObject({ state: "failed", error: { kind: "login-rejected" } });
    const names = ["a1", "a2", "a3"];
    for (const name of names) await writeFile(join(engine.home, name), "x");
    await engine.call("queue.add", {
      direction: "upload",
      connectionId: connection.id,
      sources: names.map((name) => ({ path: join(engine.home, name), name, type: "file", size: 1, modifiedMs: 0 })),
      targetPath: "/",
    });
    await engine.untilQueue(({ failed }) => failed === 3);
    const failed = await engine.rows("failed");
    expect(failed.map(({ errorKind }) => errorKind)).toEqual(Array(3).fill("login-rejected"));
    const passwords = async () => (await ftpd.commandsSeen()).filter(({ verb }) => verb === "PASS").length;
    expect(await passwords()).toBe(1);

    await engine.call("sites.change", { id: siteId, settings: {}, password: ftpd.password });
    await engine.call("queue.retry", { filter: "failed" });
    await engine.untilQueue(({ completed }) => completed === 3);
    expect((await readdir(ftpd.root)).sort()).toEqual(names);
  });

  test("the password stands readable nowhere: not on disk, not in the log, not in what a window can see", async () => {
    const ftpd = await bed.serve(start, {});
    const folder = await bed.scratch();
    const engine = await bed.engineOver(folder);
    const settings = { port: ftpd.port, user: ftpd.user, encryption: "plain" } as const;
    const siteId = await engine.createSite(settings, ftpd.password);
    const connection = await engine.connect(siteId);
    await engine.list({ side: "remote", connectionId: connection.id }, "/");
    let tree: unknown = null;
    engine.engine.api["sites.watch"]({}, (sites) => {
      tree = sites;
    })();
    await expect.poll(() => engine.log().some(({ text }) => text.includes("PASS"))).toBe(true);
    const seen = Buffer.from(JSON.stringify([tree, engine.log(), await engine.call("app.describe", {})]));
    const stored = await readAll(engine.dataFolder);
    expect(stored.includes("portside")).toBe(true);
    const forms = ["utf8", "utf16le", "base64", "hex"] as const;
    for (const haystack of [seen, stored]) {
      for (const form of forms) {
        const needle = Buffer.from(ftpd.password, form === "utf16le" ? form : "utf8");
        const text = form === "base64" || form === "hex" ? Buffer.from(needle.toString(form)) : needle;
        expect(haystack.includes(text), form).toBe(false);
      }
      expect(haystack.includes(encodeURIComponent(ftpd.password))).toBe(false);
    }
  });
});

test("a server with room for two sessions gets a whole drop through, browsing included", async () => {
  const { ftpd, engine, connection, place } = await connected(startVsftpd, { maxSessions: 2 });
  await engine.call("settings.change", { maxTransfers: 5 });
  await writeTree(join(engine.home, "drop"), { files: 30, folders: 3, minBytes: 10, maxBytes: 2_000, seed: 5 });
  const { sources } = await engine.call("local.describe", { paths: [join(engine.home, "drop")] });
  await engine.call("queue.add", { direction: "upload", connectionId: connection.id, sources, targetPath: "/" });
  const listed = engine.list(place, "/");
  await engine.untilQueue(({ queued, running, waiting }) => queued + running + waiting === 0);
  expect((await listed).length).toBeLessThanOrEqual(1);
  expect(await engine.rows("failed")).toEqual([]);
  expect(await hashTree(join(ftpd.root, "drop"))).toEqual(await hashTree(join(engine.home, "drop")));
});

test("a site that asks for its password asks once in a run, and keeps it nowhere", async () => {
  const ftpd = await bed.serve(startVsftpd, {});
  const folder = await bed.scratch();
  const engine = await bed.engineOver(folder);
  const settings = { port: ftpd.port, user: ftpd.user, encryption: "plain", logon: "ask" } as const;
  const siteId = await engine.createSite(settings, null);
  const connecting = engine.connect(siteId);
  const prompt = await engine.untilPrompt("password");
  expect(prompt.question).toMatchObject({ siteId, user: ftpd.user, host: "127.0.0.1" });
  await engine.answer(prompt, { kind: "password", password: ftpd.password });
  expect((await connecting).status.state).toBe("connected");
  await engine.call("connections.reconnect", { connectionId: (await connecting).id });
  await engine.untilConnection((await connecting).id, ({ status }) => status.state === "connected");
  expect((await readAll(engine.dataFolder)).includes(ftpd.password)).toBe(false);
});

test("an unknown certificate is asked about once; trusted always, it is known after a restart; another one is told apart", async () => {
  const ftpd = await bed.serve(startVsftpd, { tls: "required" });
  const folder = await bed.scratch();
  const engine = await bed.engineOver(folder);
  const settings = { port: ftpd.port, user: ftpd.user, encryption: "tls-required" } as const;
  const siteId = await engine.createSite(settings, ftpd.password);
  const connecting = engine.connect(siteId);
  const prompt = await engine.untilPrompt("certificate");
  expect(prompt.question).toMatchObject({
    port: ftpd.port,
    previous: null,
    certificate: { fingerprint256: ftpd.certificate?.fingerprint256 },
  });
  expect((await ftpd.commandsSeen()).map(({ verb }) => verb)).not.toContain("USER");
  await engine.answer(prompt, { kind: "certificate", decision: "trust-always" });
  expect((await connecting).status).toMatchObject({ state: "connected", security: { encrypted: true } });
  await engine.close();

  const again = await bed.engineOver(folder);
  const { id, status } = await again.connect(siteId);
  expect(status.state).toBe("connected");
  await again.call("connections.close", { connectionId: id });
  await ftpd.stop();
  await bed.serve(startVsftpd, { tls: "required", port: ftpd.port, certificate: await makeCertificate() });
  const changed = again.connect(siteId);
  const warning = await again.untilPrompt("certificate");
  expect(warning.question.reasons).toContain("changed");
  expect(warning.question.previous?.fingerprint256).toBe(ftpd.certificate?.fingerprint256);
  await again.answer(warning, { kind: "certificate", decision: "reject" });
  expect((await changed).status).toMatchObject({ state: "failed", error: { kind: "certificate-untrusted" } });
});

test("F-tls-07: a server that encrypted before and no longer does hears no password unless the user says so, even after a restart", async () => {
  const ftpd = await bed.serve(startVsftpd, { tls: "required" });
  const folder = await bed.scratch();
  const engine = await bed.engineOver(folder);
  const settings = { port: ftpd.port, user: ftpd.user, encryption: "tls-if-available" } as const;
  const siteId = await engine.createSite(settings, ftpd.password);
  const connecting = engine.connect(siteId);
  await engine.answer(await engine.untilPrompt("certificate"), { kind: "certificate", decision: "trust-once" });
  expect((await connecting).status).toMatchObject({ state: "connected", security: { encrypted: true } });
  await engine.close();
  await ftpd.stop();

  const readable = await bed.serve(startVsftpd, { port: ftpd.port });
  const again = await bed.engineOver(folder);
  const refused = again.connect(siteId);
  const warning = await again.untilPrompt("downgrade");
  expect(warning.question).toEqual({ kind: "downgrade", host: "127.0.0.1", port: ftpd.port });
  await again.answer(warning, { kind: "downgrade", proceeds: false });
  expect((await refused).status).toMatchObject({ state: "failed", error: { kind: "encryption-refused" } });
  expect((await readable.commandsSeen()).map(({ verb }) => verb)).not.toContain("USER");
});

test("files dropped on a page are staged, uploaded, and gone from the staging folder", async () => {
  const { ftpd, engine, connection } = await connected(startProftpd);
  const { dropId } = await engine.call("staging.open", {});
  const send = (path: string, text: string) =>
    engine.engine.staging.receive(dropId, path, bytesOf(text), 1_600_000_000_000, new AbortController().signal);
  await send("album/one.txt", "one");
  await send("album/deep/two.txt", "two");
  await send("three.txt", "three");
  const { sources } = await engine.call("staging.close", { dropId });
  await engine.call("queue.add", { direction: "upload", connectionId: connection.id, sources, targetPath: "/" });
  await engine.untilQueue(({ queued, running, completed }) => queued + running === 0 && completed >= 5);
  expect(Object.keys(await hashTree(ftpd.root)).sort()).toEqual(["album/deep/two.txt", "album/one.txt", "three.txt"]);
  expect((await stat(join(ftpd.root, "three.txt"))).mtimeMs).toBe(1_600_000_000_000);
  await expect.poll(() => readdir(join(engine.dataFolder, "staging"))).toEqual([]);
});

test("the demo fills both panes, takes a drop, and goes on after a restart on another port", async () => {
  const folder = await bed.scratch();
  const engine = await bed.engineOver(folder);
  const { id: siteId } = await engine.call("sites.openDemo", {});
  const connection = await engine.connect(siteId);
  expect(connection).toMatchObject({ siteName: "Demo server", status: { state: "connected" } });
  const place: Place = { side: "remote", connectionId: connection.id };
  const localFolder = join(engine.dataFolder, "demo/local");
  const [remote, local] = [await engine.list(place, "/"), await engine.list(localPlace, localFolder)];
  expect([remote.length > 3, local.length > 1]).toEqual([true, true]);
  const { sources } = await engine.call("local.describe", { paths: local.map((name) => join(localFolder, name)) });
  await engine.call("queue.setProcessing", { isProcessing: false });
  await engine.call("queue.add", { direction: "upload", connectionId: connection.id, sources, targetPath: "/uploads" });
  await engine.close();

  const again = await bed.engineOver(folder);
  await again.call("queue.setProcessing", { isProcessing: true });
  await again.untilQueue(({ queued, running, completed }) => queued + running === 0 && completed > 0);
  expect(await again.rows("failed")).toEqual([]);
  expect(await hashTree(join(again.dataFolder, "demo/server/uploads"))).toEqual(await hashTree(localFolder));
  expect((await again.call("sites.openDemo", {})).id).toBe(siteId);
});

test("an unknown host, a closed port and a dead address each end in their own kind", async () => {
  const engine = await bed.engineOver(await bed.scratch());
  await engine.call("settings.change", { timeoutMs: 1_000 });
  const ftpd = await startVsftpd();
  await ftpd.stop();
  const kindOf = async (host: string, port: number) => {
    const siteId = await engine.createSite({ host, port, user: "u", encryption: "plain" }, "p4ssword");
    const { status } = await engine.connect(siteId);
    return status.state === "failed" ? status.error.kind : status.state;
  };
  expect(await kindOf("no-such-host.invalid", 21)).toBe("host-not-found");
  expect(await kindOf("127.0.0.1", ftpd.port)).toBe("connection-refused");
});

async function* bytesOf(text: string) {
  yield Buffer.from(text);
}

async function readAll(folder: string): Promise<Buffer> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Buffer.concat([Buffer.from(files.join("\n")), ...(await Promise.all(files.map((file) => readFile(file))))]);
}
