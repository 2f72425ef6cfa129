import { mkdir, readdir, readFile, stat, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import iconv from "iconv-lite";
import { describe, expect, test } from "vitest";
import { filezilla1, filezilla09 } from "../ftpd/personalities/filezillaServer.ts";
import { iis6, iis10 } from "../ftpd/personalities/iis.ts";
import { nas } from "../ftpd/personalities/nas.ts";
import { printer } from "../ftpd/personalities/printer.ts";
import { servu6, servu15 } from "../ftpd/personalities/servu.ts";
import { vms } from "../ftpd/personalities/vms.ts";
import { wuFtpd } from "../ftpd/personalities/wuFtpd.ts";
import { zos } from "../ftpd/personalities/zos.ts";
import type { Personality } from "../ftpd/personality.ts";
import { leftUndone } from "../support/leftUndone.ts";
import { receiveVisits, type VisitOptions } from "../support/visit.ts";

const visit = receiveVisits("personality");

function meet(personality: Personality, options: Omit<VisitOptions, "personality"> = {}) {
  return visit({ personality, ...options });
}

describe("z/OS", () => {
  const card = Buffer.from("00010 IDENTIFICATION DIVISION.".padEnd(80)).fill(0xc1, 0, 5); // EBCDIC: bytes like any others
  const seed = async (root: string) => {
    await mkdir(join(root, "catalog/DEMO.SOURCE.COBOL"), { recursive: true });
    await mkdir(join(root, "catalog/DEMO.EMPTY"));
    await mkdir(join(root, "u/demo"), { recursive: true });
    for (const member of ["MAIN", "UTIL"]) await writeFile(join(root, "catalog/DEMO.SOURCE.COBOL", member), card);
    await writeFile(join(root, "catalog/DEMO.REPORT"), card);
    await writeFile(join(root, "catalog/SYS1.PARMLIB"), card);
    await writeFile(join(root, "u/demo/main.c"), "int main;\n");
  };

  test("a session begins in the user's data sets; partitioned ones open, and the Unix files are beside them", async () => {
    const { connection, list, engine, place } = await meet(zos, { seed });
    expect(connection).toMatchObject({ status: { state: "connected" }, startPath: "/DEMO." });
    expect(await list("/DEMO.")).toEqual(["EMPTY", "REPORT", "SOURCE.COBOL"]);
    expect(await list("/DEMO./SOURCE.COBOL")).toEqual(["MAIN", "UTIL"]);
    expect(await list("/DEMO./EMPTY")).toEqual([]);
    expect(await list("/NOBODY.")).toEqual([]);
    expect(await list("/SYS1.")).toEqual(["PARMLIB"]);
    expect(await list("/")).toEqual(["u"]);
    expect(await list("/u/demo")).toEqual(["main.c"]);
    const resolve = (text: string) => engine.call("folders.resolve", { place, from: "/DEMO.", text });
    expect((await resolve("/SYS1.")).path).toBe("/SYS1.");
    expect((await resolve("SOURCE.COBOL")).path).toBe("/DEMO./SOURCE.COBOL");
    await expect(resolve("REPORT")).rejects.toMatchObject({ kind: "not-a-directory" });
  });

  test("data sets and members come and go byte for byte, and a folder becomes a partitioned data set", async () => {
    const { server, engine, fetch, send, untilAllDone, list } = await meet(zos, { seed });
    await fetch("/DEMO./REPORT", null);
    await fetch("/DEMO./SOURCE.COBOL/MAIN", null);
    await fetch("/u/demo/main.c", 10);
    await untilAllDone(3);
    for (const name of ["REPORT", "MAIN"]) expect(card.equals(await readFile(join(engine.home, name)))).toBe(true);

    await mkdir(join(engine.home, "JCL"));
    for (let index = 0; index < 30; index++) await writeFile(join(engine.home, `JCL/JOB${index}`), `//JOB${index}`);
    await send(["JCL"], "/DEMO.");
    await untilAllDone(34);
    expect(await list("/DEMO./JCL")).toHaveLength(30);
    expect(await readFile(join(server.root, "catalog/DEMO.JCL/JOB29"), "utf8")).toBe("//JOB29");
  });

  test("members and data sets are renamed and deleted, and no word of SITE is believed", async () => {
    const { server, engine, place } = await meet(zos, { seed });
    const inSource = { place, path: "/DEMO./SOURCE.COBOL" };
    await engine.call("entries.rename", { ...inSource, wireName: "UTIL", newName: "TOOLS" });
    await engine.call("entries.rename", { place, path: "/DEMO.", wireName: "REPORT", newName: "REPORT.OLD" });
    expect((await readdir(join(server.root, "catalog"))).sort()).toEqual([
      "DEMO.EMPTY",
      "DEMO.REPORT.OLD",
      "DEMO.SOURCE.COBOL",
      "SYS1.PARMLIB",
    ]);
    expect((await readdir(join(server.root, "catalog/DEMO.SOURCE.COBOL"))).sort()).toEqual(["MAIN", "TOOLS"]);
    const plan = { files: { on: 0o600, off: 0o177 }, folders: null, recursive: false };
    await engine.call("jobs.setPermissions", { ...inSource, wireNames: ["MAIN"], plan });
    expect(leftUndone(engine)).toMatchObject([{ kind: "unsupported-command" }]);
    const doomed = { place, path: "/DEMO.", wireNames: ["SOURCE.COBOL", "EMPTY"] };
    expect(await engine.call("jobs.remove", doomed)).toMatchObject({ done: 4, failed: 0 });
    expect((await readdir(join(server.root, "catalog"))).sort()).toEqual(["DEMO.REPORT.OLD", "SYS1.PARMLIB"]);
  });

  test("a name it cannot have is told as such, once", async () => {
    const { server, engine, send } = await meet(zos, { seed });
    await writeFile(join(engine.home, "much too long.txt"), "x");
    await send(["much too long.txt"], "/DEMO./SOURCE.COBOL");
    await engine.untilQueue(({ failed }) => failed === 1);
    const [row] = await engine.rows("failed");
    expect(row?.errorKind).toBe("name-not-allowed");
    expect(server.verbs().filter((verb) => verb === "STOR")).toHaveLength(1);
  });
});

describe("OpenVMS", () => {
  test("every version is a file of its own, and sending a name again adds one", async () => {
    const seed = async (root: string) => {
      await mkdir(join(root, "DEMO"));
      await writeFile(join(root, "DEMO/LOGIN.COM;1"), "$ old");
      await writeFile(join(root, "DEMO/LOGIN.COM;2"), "$ new");
    };
    const { server, engine, place, list, fetch, send, untilAllDone } = await meet(vms, { seed });
    expect(await list("/DEMO")).toEqual(["LOGIN.COM;1", "LOGIN.COM;2"]);
    await fetch("/DEMO/LOGIN.COM;1", null);
    await writeFile(join(engine.home, "login.com"), "$ newest");
    await send(["login.com"], "/DEMO");
    await untilAllDone(2);
    expect(await readFile(join(engine.home, "LOGIN.COM;1"), "utf8")).toBe("$ old");
    expect(await readFile(join(server.root, "DEMO/LOGIN.COM;3"), "utf8")).toBe("$ newest");
    await engine.call("jobs.remove", { place, path: "/DEMO", wireNames: ["LOGIN.COM;2"] });
    expect((await readdir(join(server.root, "DEMO"))).sort()).toEqual(["LOGIN.COM;1", "LOGIN.COM;3"]);
  });

  test("the top of the disk is a folder too", async () => {
    const seed = async (root: string) => void (await mkdir(join(root, "DEMO/SUB"), { recursive: true }));
    const { list, engine, place } = await meet(vms, { seed });
    expect(await list("/")).toEqual(["DEMO"]);
    const { path } = await engine.call("folders.resolve", { place, from: "/DEMO", text: ".." });
    expect(path).toBe("/");
  });
});

describe("a printer", () => {
  test("prints what it is sent, once each, though it shows nothing", async () => {
    const { server, engine, connection, list, send, untilAllDone } = await meet(printer);
    expect(connection).toMatchObject({ status: { state: "connected" }, startPath: "/" });
    expect(await list("/")).toEqual(["unsupported-command"]);
    const names = Array.from({ length: 8 }, (_, index) => `page ${index}.ps`);
    for (const name of names) await writeFile(join(engine.home, name), `%!PS ${name}`);
    await send(names, "/");
    await untilAllDone(8);
    expect((await readdir(server.root)).sort()).toEqual(names);
    expect(await readFile(join(server.root, "page 3.ps"), "utf8")).toBe("%!PS page 3.ps");
    expect(server.verbs().filter((verb) => verb === "STOR")).toHaveLength(8);
    expect(server.verbs()).not.toContain("APPE");
  });

  test("prints the same page again without a question", async () => {
    const { server, engine, send, untilAllDone } = await meet(printer);
    await writeFile(join(engine.home, "page.ps"), "%!PS");
    for (const count of [1, 2]) {
      await send(["page.ps"], "/");
      await untilAllDone(count);
    }
    expect(server.verbs().filter((verb) => verb === "STOR")).toHaveLength(2);
  });
});

describe.each([iis6, servu6])("names in GBK on $name", (personality) => {
  const gbk = (text: string) => iconv.encode(text, "gbk");
  const onDisk = (root: string, text: string) => Buffer.concat([Buffer.from(`${root}/`), gbk(text)]);
  const namesOnDisk = async (root: string) =>
    (await readdir(root, { encoding: "buffer" })).map((name) => iconv.decode(name, "gbk")).sort();
  const seed = async (root: string) => {
    await mkdir(onDisk(root, "港口照片"));
    for (const name of ["潮汐时刻表.txt", "船期通知.txt", "说明.txt"]) await writeFile(onDisk(root, name), name);
  };

  test("are shown, fetched, renamed and deleted to the byte", async () => {
    const { server, engine, place, list, untilAllDone } = await meet(personality, { seed });
    expect(await list("/")).toEqual(["港口照片", "潮汐时刻表.txt", "船期通知.txt", "说明.txt"].sort());
    const wire = (text: string) => gbk(text).toString("latin1");
    await engine.call("queue.add", {
      direction: "download",
      connectionId: place.side === "remote" ? place.connectionId : "",
      sources: [
        { path: `/${wire("潮汐时刻表.txt")}`, name: "潮汐时刻表.txt", type: "file", size: null, modifiedMs: null },
      ],
      targetPath: engine.home,
    });
    await untilAllDone(1);
    expect(await readFile(join(engine.home, "潮汐时刻表.txt"), "utf8")).toBe("潮汐时刻表.txt");
    await engine.call("entries.rename", { place, path: "/", wireName: wire("说明.txt"), newName: "新说明.txt" });
    await engine.call("jobs.remove", { place, path: "/", wireNames: [wire("船期通知.txt")] });
    expect(await namesOnDisk(server.root)).toEqual(["新说明.txt", "港口照片", "潮汐时刻表.txt"].sort());
  });

  test("are written as the server writes them", async () => {
    const { server, engine, list, send, untilAllDone } = await meet(personality, { seed });
    await list("/");
    await mkdir(join(engine.home, "上传"));
    await writeFile(join(engine.home, "上传/航线图.txt"), "line");
    await send(["上传"], "/");
    await untilAllDone(2);
    expect(await namesOnDisk(server.root)).toContain("上传");
    expect(await readFile(onDisk(server.root, "上传/航线图.txt"), "utf8")).toBe("line");
  });

  test("of a site that says so are right before anything is listed", async () => {
    const { server, engine, send, untilAllDone } = await meet(personality, { site: { encoding: "gbk" } });
    await writeFile(join(engine.home, "第一个.txt"), "first");
    await send(["第一个.txt"], "/");
    await untilAllDone(1);
    expect(await namesOnDisk(server.root)).toEqual(["第一个.txt"]);
  });
});

test("Serv-U 15 computes a checksum, and takes names in UTF-8", async () => {
  const { server, engine, connection, send, untilAllDone, list } = await meet(servu15);
  await writeFile(join(engine.home, "航线 map.txt"), "sum of this");
  await send(["航线 map.txt"], "/");
  await untilAllDone(1);
  expect(await readdir(server.root)).toEqual(["航线 map.txt"]);
  expect(await list("/")).toEqual(["航线 map.txt"]);
  const path = `/${Buffer.from("航线 map.txt").toString("latin1")}`;
  const sum = await engine.call("entries.checksum", { connectionId: connection.id, path });
  expect(sum.value).toBe(crc32("sum of this").toString(16).padStart(8, "0"));
});

test.each([
  [iis10, "listed by the minute"],
  [wuFtpd, "listed by the day or minute"],
  [nas, "listed to the second"],
])("a file of $0.name has its time to the second, though it is $1", async (personality) => {
  const seconds = 1_700_000_037;
  const seed = async (root: string) => {
    await writeFile(join(root, "old.txt"), "old");
    await utimes(join(root, "old.txt"), seconds, seconds);
  };
  const { engine, fetch, untilAllDone } = await meet(personality, { seed });
  await fetch("/old.txt", null);
  await untilAllDone(1);
  expect((await stat(join(engine.home, "old.txt"))).mtimeMs).toBe(seconds * 1000);
});

test("wu-ftpd is asked for EPSV once in a session, and for FEAT once", async () => {
  const { server, list } = await meet(wuFtpd);
  for (const path of ["/", "/", "/"]) await list(path);
  const asked = (wanted: string) =>
    server.journal.filter(({ sessionId, verb }) => sessionId === 1 && verb === wanted).length;
  expect([asked("EPSV"), asked("FEAT")]).toEqual([1, 1]);
  expect(asked("PASV")).toBeGreaterThanOrEqual(1);
});

describe.each([nas, filezilla09, filezilla1])("$name, with room for few", (personality) => {
  test("is asked once for more than it has room for, and its browsing session stays", async () => {
    const { server, engine, list, send, untilAllDone } = await meet(personality);
    for (const round of [1, 2]) {
      const names = Array.from({ length: 15 }, (_, index) => `r${round} ${index}`);
      for (const name of names) await writeFile(join(engine.home, name), name.repeat(2000));
      await send(names, "/");
      expect(await list("/")).toBeInstanceOf(Array);
      await untilAllDone(15 * round);
    }
    expect(await list("/")).toHaveLength(30);
    const wanted = 4 + 1; // transfers, and the session that browses
    expect(server.turnedAway()).toBeLessThanOrEqual(wanted - (personality.ceiling?.sessions ?? 0));
    const browsing = server.journal.filter(({ sessionId }) => sessionId === 1).map(({ verb }) => verb);
    expect(browsing.filter((verb) => verb === "USER")).toHaveLength(1);
    expect(browsing.filter((verb) => verb === "STOR")).toHaveLength(0);
  });

  test("refuses a login when all are taken, which is not the password's fault", async () => {
    const { engine, server, connection } = await meet(personality, { maxSessions: 0 });
    expect(connection.status).toMatchObject({ state: "failed", error: { kind: "too-many-connections" } });
    expect(server.verbs()).toEqual([]);
    server.setMaxSessions(4);
    await engine.call("connections.reconnect", { connectionId: connection.id });
    const again = await engine.untilConnection(connection.id, ({ status }) => status.state === "connected");
    expect(again.startPath).toBe("/");
  });
});

test("a NAS that ends quiet sessions is opened again when somebody looks", async () => {
  const seed = async (root: string) => void (await mkdir(join(root, "BOX/INNER"), { recursive: true }));
  const { engine, list } = await meet(nas, { idleMs: 150, seed });
  expect(await list("/")).toEqual(["BOX"]);
  await expect.poll(() => engine.log().some(({ text }) => text.startsWith("421")), { timeout: 5_000 }).toBe(true);
  expect(await list("/BOX")).toEqual(["INNER"]);
});
