import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parseXml } from "@rgrove/parse-xml";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeCertificate } from "../../../ftpd/certificates.ts";
import { type Profile, writeProfile } from "./profile.ts";

const server = { host: "127.0.0.1", port: 2121, user: "alice", password: "p@ss", certificate: null };
const queue = { direction: "download", isEncrypted: false, server, files: [] } as const;

let home: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "portside-profile-"));
});

afterEach(() => rm(home, { recursive: true, force: true }));

test("the number of transfers at once is set, and the end of the queue leaves a file where it is looked for", async () => {
  const profile = await writeProfile(home, queue, 10);
  const settings = await read(profile, "filezilla.xml");
  expect(settings).toContain('<Setting name="Number of Transfers">10</Setting>');
  const command = /name="Queue completion command">touch (?<file>[^<]+)</.exec(settings);
  expect(join(home, command?.groups?.file ?? "")).toBe(profile.finishedPath);
});

test("a server without TLS is one that FileZilla does not ask about", async () => {
  const trust = await read(await writeProfile(home, queue, 2), "trustedcerts.xml");
  expect(trust).toContain('<InsecureHosts><Host Port="2121">127.0.0.1</Host></InsecureHosts>');
});

test("a server with TLS is trusted for the certificate it will show, and for no other", async () => {
  const { cert } = await makeCertificate({ validTo: new Date("2040-01-02T03:04:05Z") });
  const secure = { ...queue, isEncrypted: true, server: { ...server, certificate: cert } };
  const trust = await read(await writeProfile(home, secure, 2), "trustedcerts.xml");
  const data = Buffer.from(/<Data>(?<hex>[0-9a-f]+)<\/Data>/.exec(trust)?.groups?.hex ?? "", "hex");
  expect(data.equals(new X509Certificate(cert).raw)).toBe(true);
  expect(trust).toContain(`<ExpirationTime>${Date.UTC(2040, 0, 2, 3, 4, 5) / 1000}</ExpirationTime>`);
  expect(trust).not.toContain("InsecureHosts");
});

async function read({ queuePath }: Profile, name: string): Promise<string> {
  const text = await readFile(join(dirname(queuePath), name), "utf8");
  expect(parseXml(text).root?.name).toBe("FileZilla3");
  return text;
}
