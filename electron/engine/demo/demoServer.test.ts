import { once } from "node:events";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, utimes, writeFile } from "node:fs/promises";
import { connect as connectSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type DemoServer, startDemoServer } from "./demoServer.ts";
import { connectRaw, logInRaw, type RawClient } from "./testing/rawClient.ts";

const user = "demo";
const password = "pässword";
const passwordOnWire = Buffer.from(password).toString("latin1");

let folder: string;
let root: string;
let server: DemoServer;
const clients: RawClient[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "portside-demo-"));
  root = join(folder, "served");
  server = await startDemoServer({ root, user, password });
});
afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

const connect = async () => {
  const client = await connectRaw(server.port);
  clients.push(client);
  expect(await client.nextReply()).toMatch(/^220 /);
  return client;
};
const logIn = async () => {
  const client = await logInRaw(server.port, user, passwordOnWire);
  clients.push(client);
  return client;
};

describe("login", () => {
  test("asks for it before anything else", async () => {
    const client = await connect();
    expect(await client.codes("PWD", "EPSV", "RETR a", "PASS x", "SYST", "FEAT", "NOOP")).toEqual([
      530, 530, 530, 503, 215, 211, 200,
    ]);
    expect(await client.codes(`USER ${user}`, `PASS ${passwordOnWire}`, "PWD", "USER again")).toEqual([
      331, 230, 257, 503,
    ]);
  });

  test("answers a wrong password late, and ends after the third", async () => {
    const client = await connect();
    const began = Date.now();
    expect(await client.codes(`USER ${user}`, "PASS wrong")).toEqual([331, 530]);
    expect(Date.now() - began).toBeGreaterThan(400);
    expect(await client.codes("USER other", `PASS ${passwordOnWire}`, `USER ${user}`, "PASS ")).toEqual([
      331, 530, 331, 421,
    ]);
    expect(await client.nextReply()).toBe("");
  });
});

describe("the command line", () => {
  test("answers each of several commands in one segment, in order", async () => {
    const client = await connect();
    client.write(`USER ${user}\r\nPASS ${passwordOnWire}\r\nTYPE I\r\nPWD\r\n`);
    const replies = [];
    for (let count = 0; count < 4; count++) replies.push((await client.nextReply()).slice(0, 3));
    expect(replies).toEqual(["331", "230", "200", "257"]);
  });

  test("understands a command that comes byte by byte", async () => {
    const client = await connect();
    for (const byte of "NOOP\r\n") {
      client.write(byte);
      await delay(1);
    }
    expect(await client.nextReply()).toMatch(/^200/);
  });

  test.each([
    ["a lone LF", "NOOP\n"],
    ["a NUL", "NO\0OP\r\n"],
    ["a line without end", "X".repeat(9000)],
  ])("ends after %s", async (_what, text) => {
    const client = await connect();
    client.write(text);
    expect(await client.nextReply()).toMatch(/^500/);
    expect(await client.nextReply()).toBe("");
  });

  test("tells unknown words, left out commands and wrong arguments apart", async () => {
    const client = await logIn();
    expect(
      await client.codes(
        "XYZZY",
        "toString",
        "PORT 127,0,0,1,4,5",
        "AUTH TLS",
        "MODE B",
        "STRU R",
        "TYPE E",
        "PWD x",
        "CWD",
        "REST x",
      ),
    ).toEqual([500, 500, 502, 502, 504, 504, 504, 501, 501, 501]);
    expect(
      await client.codes("HELP", "HELP RETR", "HELP PORT", "ALLO 100", "ALLO x", "STAT", "SITE NOPE", "OPTS NOPE"),
    ).toEqual([214, 214, 502, 202, 501, 211, 504, 501]);
  });

  test("ends a session that is silent for too long", async () => {
    const impatient = await startDemoServer({ root, user, password, idleMs: 50 });
    const client = await connectRaw(impatient.port);
    expect(await client.nextReply()).toMatch(/^220/);
    expect(await client.nextReply()).toMatch(/^421/);
    await impatient.close();
  });
});

describe("folders and names", () => {
  test("walks, makes, renames and removes", async () => {
    const client = await logIn();
    expect(
      await client.codes("MKD a", "MKD a", "CWD a", "MKD b", "CDUP", "RMD a", "RNFR a/b", "RNTO c", "RMD a"),
    ).toEqual([257, 550, 250, 257, 250, 550, 350, 250, 250]);
    expect(await readdir(root)).toEqual(["c"]);
    expect(await client.codes("RNTO d", "RNFR nothing", "RNFR c", "NOOP", "RNTO d")).toEqual([503, 550, 350, 200, 503]);
  });

  test("doubles quotes in paths", async () => {
    const client = await logIn();
    expect(await client.say('MKD say "hi"')).toBe('257 "/say ""hi""" created.');
  });

  test("keeps names byte for byte", async () => {
    const client = await logIn();
    const gbk = "\xd6\xd0\xce\xc4.txt";
    expect(await client.send(`STOR ${gbk}`, "x")).toMatch(/^226/);
    const onDisk = await readdir(root, { encoding: "buffer" });
    expect(onDisk.map((name) => name.toString("latin1"))).toEqual([gbk]);
    const { bytes } = await client.fetch("NLST");
    expect(bytes.toString("latin1")).toBe(`${gbk}\r\n`);
    expect(await client.codes(`RNFR ${gbk}`, "RNTO  leading blank", "DELE  leading blank")).toEqual([350, 250, 250]);
  });

  test("changes permissions and times", async () => {
    const client = await logIn();
    await writeFile(join(root, "a b.txt"), "12345");
    expect(await client.say("MFMT 20200102030405 a b.txt")).toBe("213 Modify=20200102030405; a b.txt");
    expect(await client.say("MDTM a b.txt")).toBe("213 20200102030405");
    expect(
      await client.codes("MFMT 20200231000000 a b.txt", "MFMT 20200102030405", "MFMT 20200102030405 none"),
    ).toEqual([501, 501, 550]);
    expect(await client.codes("SITE CHMOD 640 a b.txt", "SITE CHMOD 999 a b.txt")).toEqual([200, 501]);
    expect((await stat(join(root, "a b.txt"))).mode & 0o777).toBe(0o640);
  });

  test("gives a size only for files and only in TYPE I", async () => {
    const client = await logIn();
    await writeFile(join(root, "a"), "12345");
    expect(await client.say("SIZE a")).toBe("213 5");
    expect(await client.codes("SIZE /", "TYPE A", "SIZE a")).toEqual([550, 200, 550]);
  });
});

describe("listings", () => {
  beforeEach(async () => {
    await writeFile(join(root, "old file.txt"), "12345", { mode: 0o644 });
    await utimes(join(root, "old file.txt"), 0, Date.UTC(2001, 1, 3, 4, 5, 6) / 1000);
    await mkdir(join(root, "sub"), { mode: 0o755 });
    await symlink("/etc/passwd", join(root, "link"));
    await writeFile(join(root, ".hidden"), "");
  });

  test("MLSD names facts of every entry but links", async () => {
    const client = await logIn();
    const { bytes, final } = await client.fetch("MLSD");
    const lines = bytes.toString().trimEnd().split("\r\n");
    expect(final).toMatch(/^226/);
    expect(lines).toContain("type=file;size=5;modify=20010203040506;perm=adfrw;UNIX.mode=0644; old file.txt");
    expect(lines.filter((line) => line.startsWith("type=dir;modify="))).toHaveLength(1);
    expect(lines.map((line) => line.slice(line.indexOf(" ") + 1)).sort()).toEqual([".hidden", "old file.txt", "sub"]);
  });

  test("OPTS MLST chooses facts, FEAT shows the choice, MLST describes one", async () => {
    const client = await logIn();
    expect(await client.say("OPTS MLST size;Type;nonsense;")).toBe("200 MLST OPTS type;size;");
    expect(await client.say("FEAT")).toContain("\r\n MLST type*;size*;modify;perm;UNIX.mode;\r\n");
    expect(await client.say("MLST old file.txt")).toBe(
      "250-Facts of /old file.txt:\r\n type=file;size=5; /old file.txt\r\n250 End",
    );
  });

  test("LIST looks like ls -l, in UTC", async () => {
    const client = await logIn();
    const { bytes } = await client.fetch("LIST");
    const lines = bytes.toString().trimEnd().split("\r\n").sort();
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(/^-rw-r--r-- {3}1 demo {5}demo {16}5 Feb {2}3 {2}2001 old file\.txt$/);
    expect(lines[1]).toMatch(/^drwxr-xr-x +\d+ demo +demo +\d+ [A-Z][a-z]{2} [ \d]\d \d\d:\d\d sub$/);
    expect((await client.fetch("LIST -a")).bytes.toString()).toContain(".hidden");
    expect((await client.fetch("LIST -la sub")).bytes.toString()).toBe("");
  });

  test("refuses to list what is not there, and MLSD of a file", async () => {
    const client = await logIn();
    expect((await client.fetch("MLSD nothing")).final).toMatch(/^550/);
    expect((await client.fetch("MLSD old file.txt")).final).toMatch(/^501/);
    expect((await client.fetch("LIST old file.txt")).final).toMatch(/^226/);
  });

  test("lists ten thousand entries whole", async () => {
    const client = await logIn();
    await mkdir(join(root, "many"));
    await Promise.all(Array.from({ length: 10_000 }, (_, index) => writeFile(join(root, "many", `f${index}`), "")));
    const { bytes } = await client.fetch("MLSD many");
    expect(bytes.toString().split("\r\n")).toHaveLength(10_001);
  }, 30_000);
});

describe("transfers", () => {
  const content = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 7 + (index >> 8)) & 0xff));

  test("sends and receives byte for byte, whole and from an offset", async () => {
    const client = await logIn();
    expect(await client.send("STOR big", content)).toMatch(/^226/);
    expect((await readFile(join(root, "big"))).equals(content)).toBe(true);
    expect((await client.fetch("RETR big")).bytes.equals(content)).toBe(true);
    expect(await client.say("REST 2999990")).toMatch(/^350/);
    expect((await client.fetch("RETR big")).bytes.equals(content.subarray(2_999_990))).toBe(true);
    expect((await client.fetch("RETR big")).bytes).toHaveLength(content.length); // REST counts once
  });

  test("continues an upload at REST, drops what lay behind it, and appends", async () => {
    const client = await logIn();
    await writeFile(join(root, "part"), "0123456789");
    await client.say("REST 4");
    expect(await client.send("STOR part", "abc")).toMatch(/^226/);
    expect(await readFile(join(root, "part"), "utf8")).toBe("0123abc");
    expect(await client.send("APPE part", "!")).toMatch(/^226/);
    expect(await readFile(join(root, "part"), "utf8")).toBe("0123abc!");
  });

  test("refuses offsets beyond the end", async () => {
    const client = await logIn();
    await writeFile(join(root, "part"), "0123456789");
    await client.say("REST 11");
    expect((await client.fetch("RETR part")).final).toMatch(/^554/);
    await client.say("REST 11");
    expect(await client.send("STOR part", "x")).toMatch(/^554/);
    expect(await readFile(join(root, "part"), "utf8")).toBe("0123456789");
  });

  test("needs a passive port for each transfer", async () => {
    const client = await logIn();
    await writeFile(join(root, "a"), "1");
    expect(await client.codes("RETR a", "LIST", "STOR b")).toEqual([425, 425, 425]);
    await client.fetch("RETR a");
    expect(await client.codes("RETR a")).toEqual([425]);
  });

  test("takes RETR before the data connection exists, and the next EPSV while data runs", async () => {
    const client = await logIn();
    await writeFile(join(root, "a"), content);
    client.write("EPSV\r\nRETR a\r\nEPSV\r\n");
    const port = Number(/\|(\d+)\|/.exec(await client.nextReply())?.[1]);
    const data = connectSocket(port, "127.0.0.1");
    let received = 0;
    data.on("data", (chunk) => {
      received += chunk.length;
    });
    await once(data, "close");
    expect(
      [await client.nextReply(), await client.nextReply(), await client.nextReply()].map((text) => text.slice(0, 3)),
    ).toEqual(["150", "226", "229"]);
    expect(received).toBe(content.length);
  });

  test("takes the data connection from the client's own address and no other", async () => {
    const client = await logIn();
    await writeFile(join(root, "a"), "secret");
    const port = Number(/\|(\d+)\|/.exec(await client.say("EPSV"))?.[1]);
    const stranger = connectSocket({ port, host: "127.0.0.1", localAddress: "127.0.0.2" });
    await once(stranger, "close");
    const data = connectSocket(port, "127.0.0.1");
    await once(data, "connect");
    client.write("RETR a\r\n");
    const [bytes] = await once(data, "data");
    expect(String(bytes)).toBe("secret");
  });

  test("speaks PASV too, refuses IPv6 on IPv4, and after EPSV ALL takes nothing but EPSV", async () => {
    const client = await logIn();
    expect(await client.say("PASV")).toMatch(/^227 Entering Passive Mode \(127,0,0,1,\d{1,3},\d{1,3}\)\.$/);
    expect(await client.codes("EPSV 2", "EPSV 1", "EPSV x", "EPSV ALL", "PASV", "EPSV")).toEqual([
      522, 229, 501, 200, 503, 229,
    ]);
  });

  test("stops at ABOR: 426 for the transfer, 226 for ABOR", async () => {
    const client = await logIn();
    await writeFile(join(root, "endless"), "");
    await truncate(join(root, "endless"), 2 ** 32);
    const data = await client.openData();
    data.on("error", () => {});
    expect(await client.say("RETR endless")).toMatch(/^150/);
    await once(data, "readable");
    expect(await client.say("\xff\xf4\xff\xf2ABOR")).toMatch(/^426/);
    expect(await client.nextReply()).toMatch(/^226/);
    expect(await client.codes("ABOR", "NOOP")).toEqual([226, 200]);
  });

  test("holds back when the client does not read", async () => {
    const client = await logIn();
    await writeFile(join(root, "endless"), "");
    await truncate(join(root, "endless"), 2 ** 36);
    const data = await client.openData();
    data.on("error", () => {}).pause();
    expect(await client.say("RETR endless")).toMatch(/^150/);
    await delay(200);
    const before = process.memoryUsage().rss;
    await delay(300);
    expect(process.memoryUsage().rss - before).toBeLessThan(50 * 1024 * 1024);
    data.destroy();
    expect(await client.nextReply()).toMatch(/^426/);
  });

  test("converts line ends in TYPE A, once", async () => {
    const client = await logIn();
    await writeFile(join(root, "text"), "a\nb\r\nc");
    await client.say("TYPE A");
    expect((await client.fetch("RETR text")).bytes.toString()).toBe("a\r\nb\r\nc");
    expect(await client.send("STOR back", "a\r\nb\rc\r\n")).toMatch(/^226/);
    expect(await readFile(join(root, "back"), "utf8")).toBe("a\nb\rc\n");
    expect(await client.codes("REST 5")).toEqual([504]);
  });

  test("keeps what arrived when the client goes away in the middle", async () => {
    const client = await logIn();
    const data = await client.openData();
    await client.say("STOR part");
    data.write("12345");
    await delay(50);
    client.close();
    data.resetAndDestroy();
    await expect.poll(() => readFile(join(root, "part"), "utf8")).toBe("12345");
  });
});

test("turns away the sixty-first session, and close() ends them all", async () => {
  const all = await Promise.all(Array.from({ length: 60 }, connect));
  const oneMore = await connectRaw(server.port);
  expect(await oneMore.nextReply()).toMatch(/^421/);
  await server.close();
  expect(await Promise.all(all.map((client) => client.nextReply()))).toEqual(Array(60).fill(""));
  server = await startDemoServer({ root, user, password });
});

test("says goodbye", async () => {
  const client = await connect();
  client.write("QUIT\r\nNOOP\r\n");
  expect(await client.nextReply()).toMatch(/^221/);
  expect(await client.nextReply()).toBe("");
});
