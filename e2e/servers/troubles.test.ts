import { mkdir, readdir, readFile, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Readable } from "node:stream";
import { describe, expect, test } from "vitest";
import type { LogLine } from "../../shared/models/logLine.ts";
import { localPlace, type Place } from "../../shared/models/place.ts";
import type { CertificateReason } from "../../shared/models/prompt.ts";
import type { SiteSettings } from "../../shared/models/site.ts";
import { makeCertificate } from "../ftpd/certificates.ts";
import { startProftpd, startVsftpd } from "../ftpd/realServers.ts";
import { type ScriptedServerOptions, startScriptedServer } from "../ftpd/scriptedServer.ts";
import type { RealServerOptions } from "../ftpd/serverProgram.ts";
import type { TestEngine } from "../support/engine.ts";
import { layTestBed } from "../support/testBed.ts";
import { hashTree, writeTree } from "../support/trees.ts";

const bed = layTestBed("troubles");

/** A server that does as it is told, and an engine with a site of it. */
async function scripted(options: ScriptedServerOptions = {}, site: Partial<SiteSettings> = {}) {
  const server = await bed.serve(startScriptedServer, options);
  return { server, ...(await bed.engineWithSite(server, site)) };
}

/** A real server, and an engine with a site of it. */
async function real(start: typeof startVsftpd, options: RealServerOptions, site: Partial<SiteSettings>) {
  const server = await bed.serve(start, options);
  return { server, ...(await bed.engineWithSite(server, site)) };
}

const remote = (connectionId: string): Place => ({ side: "remote", connectionId });

/** All that stands in the log now; the engine's own watcher hears it a moment later. */
function logOf({ engine }: TestEngine): readonly LogLine[] {
  let all: readonly LogLine[] = [];
  engine.api["log.watch"]({}, ({ lines }) => {
    all = lines;
  })();
  return all;
}

async function upload(engine: TestEngine, connectionId: string, name: string): Promise<void> {
  const { sources } = await engine.call("local.describe", { paths: [join(engine.home, name)] });
  await engine.call("queue.add", { direction: "upload", connectionId, sources, targetPath: "/" });
}

describe("login", () => {
  test("a server that asks for an account gets it after the password, and the log does not show it", async () => {
    const { server, engine, siteId } = await scripted({}, { logon: "account", account: "harbour-77" });
    server.failCommand({ verb: "PASS" }, { kind: "replace-final", reply: "332 Need account for login." });
    server.failCommand({ verb: "ACCT", name: /^harbour-77$/ }, { kind: "answer", reply: "230 Welcome." });
    const connection = await engine.connect(siteId);
    expect(connection.status.state).toBe("connected");
    expect(server.verbs().slice(0, 3)).toEqual(["USER", "PASS", "ACCT"]);
    expect(JSON.stringify(logOf(engine))).not.toContain("harbour-77");
  });

  test("a server that asks a site without an account for one says so", async () => {
    const { server, engine, siteId } = await scripted();
    server.failCommand({ verb: "PASS" }, { kind: "replace-final", reply: "332 Need account for login." });
    expect((await engine.connect(siteId)).status).toMatchObject({
      state: "failed",
      error: { kind: "account-required" },
    });
  });

  test("encryption if available: a server without TLS is used all the same, and the log says what that means", async () => {
    const { server, engine, siteId } = await real(startVsftpd, {}, { encryption: "tls-if-available" });
    expect((await engine.connect(siteId)).status).toMatchObject({ state: "connected", security: { encrypted: false } });
    const warning = logOf(engine).findIndex(({ kind, text }) => kind === "status" && text.includes("no encryption"));
    const password = logOf(engine).findIndex(({ text }) => text.startsWith("PASS"));
    expect([warning >= 0, warning < password]).toEqual([true, true]);
    expect((await server.commandsSeen()).map(({ verb }) => verb)).toContain("PASS");
  });

  test("encryption required: a server without TLS never hears the user's name", async () => {
    const { server, engine, siteId } = await real(startVsftpd, {}, { encryption: "tls-required" });
    expect((await engine.connect(siteId)).status).toMatchObject({
      state: "failed",
      error: { kind: "encryption-refused" },
    });
    expect((await server.commandsSeen()).map(({ verb }) => verb)).not.toContain("USER");
  });
});

describe("certificates", () => {
  const dayMs = 24 * 60 * 60 * 1000;
  const daysFromNow = (days: number) => new Date(Date.now() + days * dayMs);

  test.each<[string, Parameters<typeof makeCertificate>[0], readonly CertificateReason[]]>([
    ["for another host", { hostNames: ["elsewhere.example"], addresses: [] }, ["wrong-host", "self-signed"]],
    ["that has expired", { validFrom: daysFromNow(-30), validTo: daysFromNow(-1) }, ["expired", "self-signed"]],
    ["that begins tomorrow", { validFrom: daysFromNow(1) }, ["not-yet-valid", "self-signed"]],
  ])(
    "implicit TLS with a certificate %s: every reason is told before anything secret is sent",
    async (_, made, reasons) => {
      const certificate = await makeCertificate(made);
      const tls = { tls: "required", implicit: true, certificate } as const;
      const { server, engine, siteId } = await real(startVsftpd, tls, { encryption: "tls-implicit" });
      const connecting = engine.connect(siteId);
      const prompt = await engine.untilPrompt("certificate");
      expect([...prompt.question.reasons].sort()).toEqual([...reasons].sort());
      expect((await server.commandsSeen()).map(({ verb }) => verb)).not.toContain("USER");
      await engine.answer(prompt, { kind: "certificate", decision: "trust-once" });
      expect((await connecting).status).toMatchObject({
        state: "connected",
        security: { encrypted: true, dataProtected: true },
      });
    },
  );
});

describe("sessions", () => {
  test("an idle connection says NOOP while somebody looks", async () => {
    const { server, engine, siteId } = await scripted();
    await engine.call("settings.change", { keepAliveMs: 50 });
    const { id } = await engine.connect(siteId);
    const stop = engine.engine.api["folders.watch"]({ place: remote(id), path: "/" }, () => {});
    await expect.poll(() => server.verbs().filter((verb) => verb === "NOOP").length).toBeGreaterThan(1);
    stop();
  });

  test("421 to a listing: a new session reads the same folder, and who looks sees its rows", async () => {
    const { server, engine, siteId } = await scripted();
    await mkdir(join(server.root, "deep/er"), { recursive: true });
    await writeFile(join(server.root, "deep/er/file"), "x");
    const { id } = await engine.connect(siteId);
    server.failCommand({ verb: "MLSD" }, { kind: "answer", reply: "421 Idle for too long, goodbye." });
    expect(await engine.list(remote(id), "/deep/er")).toEqual(["file"]);
    expect(new Set(server.journal.map(({ sessionId }) => sessionId)).size).toBe(2);
    expect((await engine.untilConnection(id, () => true)).status.state).toBe("connected");
  });

  test("no more sessions than the site allows, browsing included", async () => {
    const { server, engine, siteId } = await scripted({ maxSessions: 3 }, { sessionLimit: 3 });
    await engine.call("settings.change", { maxTransfers: 8 });
    const { id } = await engine.connect(siteId);
    await writeTree(join(engine.home, "drop"), { files: 40, folders: 4, minBytes: 10, maxBytes: 3_000, seed: 8 });
    await upload(engine, id, "drop");
    await engine.untilQueue(({ queued, running, completed }) => queued + running === 0 && completed > 40);
    expect(await engine.rows("failed")).toEqual([]);
    expect(logOf(engine).filter(({ kind, text }) => kind === "reply" && text.startsWith("421"))).toEqual([]);
    expect(await hashTree(join(server.root, "drop"))).toEqual(await hashTree(join(engine.home, "drop")));
  });

  test("421 at the third login: the drop goes through with the two that stand", async () => {
    const { server, engine, siteId } = await scripted({ maxSessions: 2 });
    await engine.call("settings.change", { maxTransfers: 6 });
    const { id } = await engine.connect(siteId);
    await writeTree(join(engine.home, "drop"), { files: 30, folders: 3, minBytes: 10, maxBytes: 3_000, seed: 9 });
    await upload(engine, id, "drop");
    await engine.untilQueue(({ queued, running, completed }) => queued + running === 0 && completed > 30);
    expect(await engine.rows("failed")).toEqual([]);
    expect(await hashTree(join(server.root, "drop"))).toEqual(await hashTree(join(engine.home, "drop")));
    expect(await engine.list(remote(id), "/")).toContain("drop");
  });
});

describe("changes and transfers", () => {
  test.each([
    ["vsftpd", startVsftpd],
    ["ProFTPD", startProftpd],
  ])("%s: a folder with links in it is deleted; what the links lead to stays", async (name, start) => {
    const { server, engine, siteId } = await real(start, {}, { encryption: "plain" });
    await mkdir(join(server.root, "doomed/inner"), { recursive: true });
    await mkdir(join(server.root, "kept"));
    await writeFile(join(server.root, "kept/precious"), "x");
    await symlink("../kept", join(server.root, "doomed/to-folder"));
    await symlink("../../kept/precious", join(server.root, "doomed/inner/to-file"));
    // ProFTPD 1.3 leaves links to nothing out of MLSD: nobody can know of them by FTP.
    if (name !== "ProFTPD") await symlink("nowhere", join(server.root, "doomed/to-nothing"));
    server.handOver(join(server.root, "doomed"));
    const { id } = await engine.connect(siteId);
    await engine.call("entries.remove", { place: remote(id), path: "/", wireNames: ["doomed"] });
    expect(await readdir(server.root)).toEqual(["kept"]);
    expect(await readdir(join(server.root, "kept"))).toEqual(["precious"]);
  });

  test("a file keeps its time on the way up and on the way back", async () => {
    const { server, engine, siteId } = await real(startProftpd, {}, { encryption: "plain" });
    const { id } = await engine.connect(siteId);
    await writeFile(join(engine.home, "old"), "from long ago");
    await utimes(join(engine.home, "old"), 1_234_567_890, 1_234_567_890);
    await upload(engine, id, "old");
    await engine.untilQueue(({ completed }) => completed === 1);
    expect((await stat(join(server.root, "old"))).mtimeMs).toBe(1_234_567_890_000);
    await mkdir(join(engine.home, "back"));
    await engine.call("queue.add", {
      direction: "download",
      connectionId: id,
      sources: [{ path: "/old", name: "old", type: "file", size: 13, modifiedMs: null }],
      targetPath: join(engine.home, "back"),
    });
    await engine.untilQueue(({ completed }) => completed === 2);
    expect((await stat(join(engine.home, "back/old"))).mtimeMs).toBe(1_234_567_890_000);
  });

  test("closing in the middle of a drop ends soon, and the next start finishes it", async () => {
    const server = await bed.serve(startScriptedServer, {});
    const folder = await bed.scratch();
    const engine = await bed.engineOver(folder);
    const site = { port: server.port, user: server.user, encryption: "plain" } as const;
    const { id } = await engine.connect(await engine.createSite(site, server.password));
    await writeTree(join(engine.home, "drop"), { files: 60, folders: 6, minBytes: 1_000, maxBytes: 30_000, seed: 4 });
    server.failData({ verb: "STOR", times: 60 }, { kind: "slow", bytesPerSecond: 200_000 });
    await upload(engine, id, "drop");
    await engine.untilQueue(({ completed, running }) => completed > 5 && running > 0);
    await engine.close();

    const again = await bed.engineOver(folder);
    await again.untilQueue(({ queued, running, completed }) => queued + running === 0 && completed > 60);
    expect(await again.rows("failed")).toEqual([]);
    expect(await hashTree(join(server.root, "drop"))).toEqual(await hashTree(join(again.home, "drop")));
  });

  test("rows that end are cleared by their tab, and what was half fetched goes with its row", async () => {
    const { server, engine, siteId } = await scripted();
    const { id } = await engine.connect(siteId);
    await writeFile(join(server.root, "big"), Buffer.alloc(400_000, 7));
    await writeFile(join(engine.home, "small"), "x");
    await upload(engine, id, "small");
    await engine.untilQueue(({ completed }) => completed === 1);
    server.failData({ verb: "RETR" }, { kind: "slow", bytesPerSecond: 100_000 });
    await engine.call("queue.add", {
      direction: "download",
      connectionId: id,
      sources: [{ path: "/big", name: "big", type: "file", size: 400_000, modifiedMs: null }],
      targetPath: engine.home,
    });
    await expect.poll(() => readdir(engine.home)).toHaveLength(2);
    await engine.call("queue.remove", { filter: "completed" });
    expect(await engine.rows("completed")).toEqual([]);
    await engine.call("queue.remove", { filter: "queued" });
    expect(await engine.rows("queued")).toEqual([]);
    expect(await engine.list(localPlace, engine.home)).toEqual(["small"]);
  });

  test("a drop that is abandoned leaves no copies; one that the queue has keeps them until they are uploaded", async () => {
    const { server, engine, siteId } = await scripted();
    const { id } = await engine.connect(siteId);
    const signal = new AbortController().signal;
    const stage = async () => {
      const { dropId } = await engine.call("staging.open", {});
      await engine.engine.staging.receive(dropId, "album/note", Readable.from([Buffer.from("staged")]), null, signal);
      return { dropId, ...(await engine.call("staging.close", { dropId })) };
    };
    const [abandoned, queued] = [await stage(), await stage()];
    await engine.call("queue.setProcessing", { isProcessing: false });
    await engine.call("queue.add", {
      direction: "upload",
      connectionId: id,
      sources: queued.sources,
      targetPath: "/",
    });
    for (const { dropId } of [abandoned, queued]) await engine.call("staging.abandon", { dropId });
    expect(await readdir(join(engine.dataFolder, "staging"))).toEqual([queued.dropId]);
    await engine.call("queue.setProcessing", { isProcessing: true });
    await engine.untilQueue(({ completed }) => completed === 2);
    expect(await readFile(join(server.root, "album/note"), "utf8")).toBe("staged");
    await expect.poll(() => readdir(join(engine.dataFolder, "staging"))).toEqual([]);
  });
});
