import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import iconv from "iconv-lite";
import { afterEach, describe, expect, test } from "vitest";
import type { FolderNews } from "../../shared/contract/browse.ts";
import type { Place } from "../../shared/models/place.ts";
import { type RealServer, startProftpd, startVsftpd } from "../ftpd/realServers.ts";
import type { TestEngine } from "../support/engine.ts";
import { layTestBed } from "../support/testBed.ts";

const bed = layTestBed("encodings");
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

async function connected(start: typeof startVsftpd, names: readonly Buffer[], encoding = "auto") {
  const ftpd = await bed.serve(start, {});
  for (const name of names) await writeFile(diskPath(ftpd, name), `content of ${name.toString("latin1")}`);
  ftpd.handOver();
  const { engine, siteId } = await bed.engineWithSite(ftpd, { encoding });
  const { id: connectionId } = await engine.connect(siteId);
  const place: Place = { side: "remote", connectionId };
  return { ftpd, engine, siteId, connectionId, place };
}

const diskPath = (ftpd: RealServer, name: Buffer) => Buffer.concat([Buffer.from(`${ftpd.root}/`), name]);
const wire = (name: Buffer) => name.toString("latin1");

/** What a pane shows of a folder, for as long as the test runs. */
function look(engine: TestEngine, place: Place, path: string) {
  let names: string[] = [];
  let displayPath = "";
  const stop = engine.engine.api["folders.watch"]({ place, path }, (news: FolderNews) => {
    if (news.state === "begin") {
      names = [];
      ({ displayPath } = news);
    }
    if (news.state === "rows") names.push(...news.columns.names);
  });
  stops.push(stop);
  return { names: () => [...names].sort(), displayPath: () => displayPath };
}

describe.each([
  ["vsftpd", startVsftpd],
  ["ProFTPD", startProftpd],
])("with %s", (_, start) => {
  test("an encoding chosen while connected counts at once, without asking the server", async () => {
    const folder = iconv.encode("资料", "gbk");
    const { ftpd, engine, siteId, connectionId, place } = await connected(start, []);
    await mkdir(diskPath(ftpd, folder));
    for (const text of ["测试文件.txt", "年度总结.doc"]) {
      await writeFile(diskPath(ftpd, Buffer.concat([folder, Buffer.from("/"), iconv.encode(text, "gbk")])), "");
    }
    ftpd.handOver();
    const pane = look(engine, place, `/${wire(folder)}`);
    await expect.poll(pane.names).toEqual(["年度总结.doc", "测试文件.txt"].sort());
    expect(pane.displayPath()).toBe("/资料");
    const encodingOf = async () => {
      const { encoding, status } = await engine.untilConnection(connectionId, () => true);
      return [encoding, status.state === "connected" ? status.encoding : ""];
    };
    expect(await encodingOf()).toEqual(["auto", "GB18030"]);

    await engine.call("queue.setProcessing", { isProcessing: false });
    const path = `/${wire(folder)}/${wire(iconv.encode("测试文件.txt", "gbk"))}`;
    const source = { path, name: "测试文件.txt", type: "file", size: 0, modifiedMs: null } as const;
    await engine.call("queue.add", {
      direction: "download",
      connectionId,
      sources: [source],
      targetPath: engine.home,
    });
    const queued = async () => (await engine.rows("queued")).map(({ remoteDisplayPath }) => remoteDisplayPath);
    expect(await queued()).toEqual(["/资料/测试文件.txt"]);

    const commandsBefore = (await ftpd.commandsSeen()).length;
    await engine.call("connections.setEncoding", { connectionId, encoding: "windows-1252", isKept: false });
    expect(pane.names()).toEqual([..."²âÊÔÎÄ¼þ.txt Äê¶È×Ü½á.doc".split(" ")].sort());
    expect(pane.displayPath()).toBe("/×ÊÁÏ");
    expect(await queued()).toEqual(["/×ÊÁÏ/²âÊÔÎÄ¼þ.txt"]);
    expect(await encodingOf()).toEqual(["windows-1252", "windows-1252"]);
    expect((await ftpd.commandsSeen()).length).toBe(commandsBefore);

    await engine.call("connections.setEncoding", { connectionId, encoding: "auto", isKept: false });
    expect(pane.displayPath()).toBe("/资料");
    await engine.call("connections.setEncoding", { connectionId, encoding: "gb18030", isKept: true });
    const { sites } = await new Promise<{ sites: { id: string; encoding: string }[] }>((resolve) =>
      engine.engine.api["sites.watch"]({}, resolve),
    );
    expect(sites.find(({ id }) => id === siteId)?.encoding).toBe("gb18030");
    await engine.call("folders.create", { place, path: `/${wire(folder)}`, name: "新建文件夹" });
    const made = (await readdir(diskPath(ftpd, folder), { encoding: "buffer" })).map((name) =>
      iconv.decode(name, "gbk"),
    );
    expect(made).toContain("新建文件夹");
    const refused = engine.call("connections.setEncoding", { connectionId, encoding: "klingon", isKept: false });
    await expect(refused).rejects.toMatchObject({ kind: "invalid-input" });

    await engine.call("connections.close", { connectionId });
    expect(await queued()).toEqual(["/资料/测试文件.txt"]); // as the site says
  });

  test("names that are no text in the chosen encoding are listed, fetched, renamed and deleted by their bytes", async () => {
    const names = [
      Buffer.from([0xff, 0x80, 0x2e, 0x61]), // no UTF-8, and in GB18030 a byte that stands for nothing
      Buffer.from([0x61, 0xc3, 0x28, 0xa9, 0x62]), // UTF-8 that breaks off in its middle
      Buffer.from([0xed, 0xa0, 0x80, 0x2d, 0xf5, 0xff]), // a surrogate, and bytes that UTF-8 never has
    ];
    const { ftpd, engine, connectionId, place } = await connected(start, names, "utf-8");
    const pane = look(engine, place, "/");
    await expect.poll(() => pane.names().length).toBe(names.length);

    const sources = names.map(
      (name, index) =>
        ({ path: `/${wire(name)}`, name: `${index}`, type: "file", size: null, modifiedMs: null }) as const,
    );
    await engine.call("queue.add", { direction: "download", connectionId, sources, targetPath: engine.home });
    await engine.untilQueue(({ completed, failed }) => completed + failed === names.length);
    for (const [index, name] of names.entries()) {
      expect(await readFile(join(engine.home, `${index}`), "utf8")).toBe(`content of ${wire(name)}`);
    }

    const [first, ...others] = names.map(wire);
    if (first === undefined) throw new Error("there are names");
    await engine.call("entries.rename", { place, path: "/", wireName: first, newName: "readable ü" });
    expect(await engine.call("jobs.remove", { place, path: "/", wireNames: others })).toMatchObject({ failed: 0 });
    expect(await readdir(ftpd.root)).toEqual(["readable ü"]);
    expect(await readFile(join(ftpd.root, "readable ü"), "utf8")).toBe(`content of ${first}`);
  });
});
