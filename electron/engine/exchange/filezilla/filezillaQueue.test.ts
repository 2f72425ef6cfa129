import { describe, expect, test } from "vitest";
import { defaultSiteSettings } from "../../../../shared/models/site.ts";
import type { QueueRecord } from "../queueRecord.ts";
import { type LocalRules, readFilezillaQueue } from "./readQueue.ts";
import { endOfDocument, endOfServer, fileLines, openDocument, openServer } from "./writeQueue.ts";

const local: LocalRules = {
  separator: "/",
  split: (path) => {
    const parts = /^(?<folder>\/.*?)\/?(?<name>[^/]+)$/s.exec(path)?.groups;
    return parts?.folder === undefined || parts.name === undefined ? null : { folder: parts.folder, name: parts.name };
  },
};
const read = async (xml: string): Promise<QueueRecord[]> => [...(await readFilezillaQueue(xml, local))];
const inQueue = (content: string, attributes = `version="3.63.0" platform="*nix"`) =>
  `<?xml version="1.0" encoding="UTF-8"?><FileZilla3 ${attributes}><Queue>${content}</Queue></FileZilla3>`;
const serverWith = (items: string, fields = "") =>
  inQueue(`<Server><Host>h.example</Host><Port>21</Port><Protocol>0</Protocol><User>u</User><Logontype>1</Logontype>
    ${fields}${items}</Server>`);
const leftOut = (records: readonly QueueRecord[]) =>
  records.flatMap((record) => ("leftOut" in record ? record.leftOut : []));
const transfers = (records: readonly QueueRecord[]) =>
  records.flatMap((record) => ("transfer" in record ? [record.transfer] : []));

/** As FileZilla 3.63 wrote it. */
const fixture = `<?xml version="1.0" encoding="UTF-8"?>
<FileZilla3 version="3.63.0" platform="*nix">
	<Queue>
		<Server>
			<Host>127.0.0.1</Host>
			<Port>2121</Port>
			<Protocol>0</Protocol>
			<Type>0</Type>
			<User>alice</User>
			<Pass encoding="base64">cEBzcw==</Pass>
			<Logontype>1</Logontype>
			<PasvMode>MODE_DEFAULT</PasvMode>
			<EncodingType>Auto</EncodingType>
			<BypassProxy>0</BypassProxy>
			<Name>full site</Name>
			<File>
				<LocalFile>/home/alice/a.bin</LocalFile>
				<RemoteFile>a.bin</RemoteFile>
				<RemotePath>1 0 3 var 3 www</RemotePath>
				<Flags>16</Flags>
				<Size>12345</Size>
			</File>
			<File>
				<LocalFile>/home/alice/b.txt</LocalFile>
				<RemoteFile>b2.txt</RemoteFile>
				<RemotePath>1 0 3 var 3 www</RemotePath>
				<Flags>32768</Flags>
				<Size>777</Size>
				<ErrorCount>1</ErrorCount>
				<Priority>4</Priority>
				<OverwriteAction>2</OverwriteAction>
			</File>
		</Server>
	</Queue>
</FileZilla3>
`;

describe("reading FileZilla's queue", () => {
  test("an export of FileZilla 3.63 is read whole, and its password is not", async () => {
    const records = await read(fixture);
    expect(records).toEqual([
      {
        site: {
          key: 0,
          settings: {
            ...defaultSiteSettings,
            name: "full site",
            host: "127.0.0.1",
            port: 2121,
            encryption: "tls-if-available",
            logon: "normal",
            user: "alice",
          },
        },
      },
      { batch: { key: 0, site: 0, direction: "download", root: "/home/alice", transferType: "binary" } },
      { place: { batch: 0, source: "/var/www", target: "/home/alice" } },
      { transfer: { source: "a.bin", target: "a.bin", size: 12345 } },
      { batch: { key: 1, site: 0, direction: "upload", root: "/var/www", transferType: "ascii" } },
      { place: { batch: 1, source: "/home/alice", target: "/var/www" } },
      {
        transfer: {
          source: "b.txt",
          target: "b2.txt",
          size: 777,
          priority: 2,
          decision: "overwrite-if-newer",
        },
      },
    ]);
    expect(JSON.stringify(records)).not.toMatch(/p@ss|cEBzcw/);
  });

  test.each([
    ["0", "tls-if-available"],
    ["3", "tls-implicit"],
    ["4", "tls-required"],
    ["6", "plain"],
  ])("protocol %s is FTP with encryption %s", async (protocol, encryption) => {
    const records = await read(
      inQueue(`<Server><Host>h</Host><Port>21</Port><Protocol>${protocol}</Protocol>
      <Logontype>0</Logontype></Server>`),
    );
    expect(records).toMatchObject([{ site: { settings: { encryption, logon: "anonymous" } } }]);
  });

  test("everything FileZilla says about a server is taken over, save for what it would send or remember", async () => {
    const [site] = await read(
      serverWith(
        "",
        `<TimezoneOffset>-90</TimezoneOffset><PasvMode>MODE_ACTIVE</PasvMode>
        <MaximumMultipleConnections>50</MaximumMultipleConnections><EncodingType>Custom</EncodingType>
        <CustomEncoding>GB18030</CustomEncoding><PostLoginCommands><Command>SITE SECRET</Command></PostLoginCommands>
        <BypassProxy>1</BypassProxy>`,
      ),
    );
    expect(site).toEqual({
      site: {
        key: 0,
        settings: {
          ...defaultSiteSettings,
          name: "h.example",
          host: "h.example",
          user: "u",
          timeZoneOffsetMinutes: 90,
          transferMode: "active",
          sessionLimit: 10,
          encoding: "GB18030",
          bypassesProxy: true,
        },
      },
    });
  });

  test("transfers of one drop are one batch, and keep their order", async () => {
    const file = (folder: string, name: string) =>
      `<File><LocalFile>${folder}/${name}</LocalFile><RemoteFile>${name}</RemoteFile><RemotePath>1 0</RemotePath>
      <Flags>16</Flags></File>`;
    const records = await read(
      serverWith(
        [
          file("/d/a", "1"),
          file("/d/a/b", "2"),
          file("/d/a b", "3"),
          file("/d/a/b", "4"),
          file("/d/a", "5"),
          file("/d/a", "6"),
        ].join(""),
      ),
    );
    expect(records.flatMap((record) => ("batch" in record ? [record.batch.root] : []))).toEqual(["/d/a", "/d/a b"]);
    expect(records.flatMap((record) => ("place" in record ? [record.place.target] : []))).toEqual([
      "/d/a",
      "/d/a/b",
      "/d/a b",
      "/d/a/b",
      "/d/a",
    ]);
    expect(transfers(records).map(({ source }) => source)).toEqual(["1", "2", "3", "4", "5", "6"]);
  });

  test("files from before 3.51 say direction and type in words of their own", async () => {
    const file = (content: string) =>
      `<File><LocalFile>/l/a</LocalFile><RemoteFile>a</RemoteFile><RemotePath>1 0</RemotePath>${content}</File>`;
    const records = await read(
      serverWith(
        file("<Download>1</Download><DataType>0</DataType>") + file("<Download>0</Download><DataType>1</DataType>"),
      ),
    );
    expect(records.flatMap((record) => ("batch" in record ? [record.batch] : []))).toMatchObject([
      { direction: "download", transferType: "ascii" },
      { direction: "upload", transferType: "binary" },
    ]);
  });

  test("a folder to be made here is told as one; one on the server is left out", async () => {
    const records = await read(
      serverWith(
        `<Folder><LocalFile>/home/alice/newdir/</LocalFile><Flags>16</Flags></Folder>
        <Folder><RemoteFile>x</RemoteFile><RemotePath>1 0</RemotePath><Flags>0</Flags></Folder>`,
      ),
    );
    expect(records.slice(1)).toEqual([{ makeFolder: "/home/alice/newdir" }, { leftOut: "remote-folder" }]);
  });

  test.each([
    [
      "<LocalFile>C:\\a\\b</LocalFile><RemoteFile>b</RemoteFile><RemotePath>1 0</RemotePath><Flags>16</Flags>",
      "local-path",
    ],
    ["<LocalFile>b</LocalFile><RemoteFile>b</RemoteFile><RemotePath>1 0</RemotePath><Flags>16</Flags>", "local-path"],
    [
      "<LocalFile>/a/b</LocalFile><RemoteFile>../b</RemoteFile><RemotePath>1 0</RemotePath><Flags>16</Flags>",
      "remote-path",
    ],
    [
      "<LocalFile>/a/b</LocalFile><RemoteFile>b&#13;&#10;DELE c</RemoteFile><RemotePath>1 0</RemotePath><Flags>0</Flags>",
      "remote-path",
    ],
    [
      "<LocalFile>/a/b</LocalFile><RemoteFile>b</RemoteFile><RemotePath>2 0 1 D</RemotePath><Flags>16</Flags>",
      "remote-path",
    ],
    ["<LocalFile>/a/b</LocalFile><RemoteFile>b</RemoteFile><RemotePath>1 0</RemotePath><Flags>x</Flags>", "damaged"],
    ["<LocalFile>/a/b</LocalFile><RemoteFile>b</RemoteFile><RemotePath>1 0</RemotePath>", "damaged"],
    [
      "<LocalFile>/a/b</LocalFile><RemoteFile>b</RemoteFile><RemotePath>1 0</RemotePath><Flags>16</Flags><Size>1e9</Size>",
      "damaged",
    ],
  ])("%s is left out: %s", async (content, reason) => {
    expect(leftOut(await read(serverWith(`<File>${content}</File>`)))).toEqual([reason]);
  });

  test.each([
    ["<Host>h</Host><Port>22</Port><Protocol>1</Protocol><Logontype>0</Logontype>", "protocol"],
    ["<Host>h</Host><Port>70000</Port><Protocol>0</Protocol><Logontype>0</Logontype>", "site"],
    ["<Port>21</Port><Protocol>0</Protocol><Logontype>0</Logontype>", "site"],
    ["<Host>h</Host><Port>21</Port><Protocol>99</Protocol><Logontype>0</Logontype>", "site"],
    ["<Host>h</Host><Port>21</Port><Protocol>0</Protocol><Logontype>1</Logontype>", "site"],
    [
      "<Host>h</Host><Port>21</Port><Protocol>0</Protocol><Logontype>0</Logontype><TimezoneOffset>9999</TimezoneOffset>",
      "site",
    ],
  ])("the transfers of the server %s are left out, each counted: %s", async (fields, reason) => {
    const file =
      "<File><LocalFile>/a/b</LocalFile><RemoteFile>b</RemoteFile><RemotePath>1 0</RemotePath><Flags>16</Flags></File>";
    expect(await read(inQueue(`<Server>${fields}${file}${file}</Server>`))).toEqual([
      { leftOut: reason },
      { leftOut: reason },
    ]);
  });

  const bomb = `<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
    <FileZilla3><Queue><Server><Host>&b;</Host></Server></Queue></FileZilla3>`;
  test.each([
    ["cut off", fixture.slice(0, 700), "damaged"],
    ["a bomb of entities", bomb, "damaged"],
    ["nested a hundred thousand deep", "<FileZilla3>".repeat(100_000), "damaged"],
    [
      "two million servers that do not end",
      `<FileZilla3><Queue>${"<Server>".repeat(2_500_000)}</Queue></FileZilla3>`,
      "damaged",
    ],
    ["a server in a server", inQueue("<Server><Host>a</Host><Server><Host>b</Host></Server></Server>"), "damaged"],
    ["text between the servers", inQueue("<Server><Host>a</Host></Server>&nothing;"), "damaged"],
    [
      "a transfer that does not end",
      inQueue("<Server><Host>a</Host><File><LocalFile>/a</LocalFile></Server>"),
      "damaged",
    ],
    ["another document", "<html></html>", "not-a-queue"],
    ["24 MiB of blanks and more", " ".repeat(24 * 1024 * 1024 + 1), "too-large"],
  ])("a file that is %s gives nothing", async (_, xml, problem) => {
    await expect(read(xml)).rejects.toThrow(expect.objectContaining({ problem }));
  });

  test("the line where the trouble begins is told, however far in the file", async () => {
    const good =
      "<File>\n<LocalFile>/a/b</LocalFile><RemoteFile>b</RemoteFile><RemotePath>1 0</RemotePath><Flags>16</Flags>\n</File>\n";
    const bad = "<File><LocalFile>&bad;</LocalFile></File>\n";
    const xml = `<FileZilla3>\n<Queue>\n<Server>\n<Host>h</Host><Port>21</Port>\n${good.repeat(1_000)}${bad}</Server></Queue></FileZilla3>`;
    await expect(read(xml)).rejects.toMatchObject({ problem: "damaged", line: 5 + 3_000 });
  });

  test("a file with sites and no queue holds no transfers", async () => {
    expect(await read("<FileZilla3><Servers><Server><Host>h</Host></Server></Servers></FileZilla3>")).toEqual([]);
  });
});

describe("writing FileZilla's queue", () => {
  const site = {
    ...defaultSiteSettings,
    name: "full site",
    host: "127.0.0.1",
    port: 2121,
    user: "alice",
    loginCommands: ["SITE SECRET"],
    comments: "a secret",
  };
  const plain = { isText: false, attempts: 0, priority: 0, decision: null } as const;
  const written = [
    openDocument("linux"),
    openServer(site),
    fileLines({
      ...plain,
      direction: "download",
      localPath: "/home/alice/a.bin",
      remoteFolder: "/var/www",
      remoteName: "a.bin",
      size: 12345,
    }),
    fileLines({
      direction: "upload",
      isText: true,
      localPath: "/home/alice/b.txt",
      remoteFolder: "/var/www",
      remoteName: "b2.txt",
      size: 777,
      attempts: 1,
      priority: 2,
      decision: "overwrite-if-newer",
    }),
    endOfServer,
    endOfDocument,
  ].join("");

  test("a file is FileZilla's own, line by line, but for the password it asks for instead", async () => {
    const withoutPassword = fixture
      .replace(/\t*<Pass.*\n/, "")
      .replace("<Logontype>1</Logontype>", "<Logontype>2</Logontype>");
    expect(written).toBe(withoutPassword);
  });

  test("it is read back as it was", async () => {
    expect((await read(written)).slice(1)).toEqual((await read(fixture)).slice(1));
  });

  test("names are escaped, and a name that XML cannot write is told", async () => {
    const file = (remoteName: string) =>
      fileLines({ ...plain, direction: "download", localPath: "/l/a", remoteFolder: "/", remoteName, size: null });
    expect(transfers(await read(serverWith(file("a&b<c>\td'\"") ?? "")))).toEqual([
      { source: "a&b<c>\td'\"", target: "a" },
    ]);
    expect(file("a\u0001b")).toBeNull();
    expect(file("a\ud800b")).toBeNull();
  });

  test("every kind of site is read back", async () => {
    const { comments: _, loginCommands: __, ...settings } = site;
    for (const change of [
      { encryption: "plain", transferMode: "active" },
      { encryption: "tls-implicit", encoding: "gb18030", port: 990 },
      { encryption: "tls-required", encoding: "utf-8", timeZoneOffsetMinutes: 330, sessionLimit: 3 },
      { logon: "anonymous", user: "", bypassesProxy: true },
    ] as const) {
      const wanted = { ...settings, logon: "ask" as const, comments: "", loginCommands: [], ...change };
      expect(await read(inQueue(`${openServer({ ...site, ...change })}</Server>`))).toEqual([
        { site: { key: 0, settings: wanted } },
      ]);
    }
  });
});
