import { describe, expect, test } from "vitest";
import { patient, withSession } from "../testing/openTestSession.ts";
import type { Peer } from "../testing/scriptedServer.ts";

const sha256 = "6ae1".repeat(16);

/** Plays lines of alternating client command and server reply. */
function lines(...script: readonly string[]): (peer: Peer) => Promise<void> {
  return async (peer) => {
    for (let at = 0; at < script.length; at += 2)
      await peer.expectThenSay(script[at] ?? "", ...(script[at + 1] ?? "").split("|"));
  };
}

describe("checksum", () => {
  test("asks HASH for SHA-256, whatever was in force", async () => {
    await withSession(
      lines("OPTS HASH SHA-256", "200 SHA-256", "HASH /a b", `213 SHA-256 0-5 ${sha256.toUpperCase()} a b`),
      async (session) => {
        expect(session.can.checksum).toBe("SHA-256");
        expect(await session.checksum("/a b", patient)).toEqual({ algorithm: "SHA-256", value: sha256 });
      },
      { features: ["HASH SHA-1*;SHA-256;SHA-512", "XMD5"] },
    );
  });

  test("reads the last line of an answer that has several", async () => {
    await withSession(
      lines("OPTS HASH SHA-256", "200 SHA-256", "HASH /a", `213-Computing SHA256 digest|213 SHA-256 0-5 ${sha256} /a`),
      async (session) => expect((await session.checksum("/a", patient)).value).toBe(sha256),
      { features: ["HASH SHA-256*"] },
    );
  });

  test.each([
    { feature: "XSHA256", reply: `250 ${sha256}`, algorithm: "SHA-256", value: sha256 },
    { feature: "XSHA512", reply: `213 ${sha256}${sha256}`, algorithm: "SHA-512", value: sha256 + sha256 },
    { feature: "XSHA1", reply: `250 ${"ab".repeat(20)}`, algorithm: "SHA-1", value: "ab".repeat(20) },
    { feature: "XSHA", reply: `250 ${"AB".repeat(20)}`, algorithm: "SHA-1", value: "ab".repeat(20) },
    { feature: "XMD5", reply: `250 XMD5 is ${"cd".repeat(16)}`, algorithm: "MD5", value: "cd".repeat(16) },
    { feature: "MD5", reply: `251 /a ${"cd".repeat(16)}`, algorithm: "MD5", value: "cd".repeat(16) },
    { feature: "XCRC", reply: "250 1A2B3C", algorithm: "CRC32", value: "001a2b3c" },
  ])("asks $feature where that is what the server offers", async ({ feature, reply, algorithm, value }) => {
    await withSession(
      lines(`${feature} /a`, reply),
      async (session) => expect(await session.checksum("/a", patient)).toEqual({ algorithm, value }),
      { features: [feature] },
    );
  });

  test("takes the strongest of several", async () => {
    await withSession(
      lines("XSHA256 /a", `250 ${sha256}`),
      async (session) => expect((await session.checksum("/a", patient)).algorithm).toBe("SHA-256"),
      { features: ["XCRC", "XMD5", "XSHA1", "XSHA256"] },
    );
  });

  test("writes the name in quotes where the server says so", async () => {
    await withSession(
      lines('XCRC "/a b"', "250 DEADBEEF"),
      async (session) => expect((await session.checksum("/a b", patient)).value).toBe("deadbeef"),
      { features: ['XCRC "filename" SP EP'] },
    );
  });

  test("a name that looks like a checksum is not taken for it", async () => {
    const name = "ee".repeat(16);
    await withSession(
      lines(`MD5 ${name}`, `251 ${name} ${"cd".repeat(16)}`),
      async (session) => expect((await session.checksum(name, patient)).value).toBe("cd".repeat(16)),
      { features: ["MD5"] },
    );
  });

  test("says what went wrong", async () => {
    await withSession(
      lines("XMD5 /a", "550 No such file", "XMD5 /a", "250 later perhaps"),
      async (session) => {
        await expect(session.checksum("/a", patient)).rejects.toMatchObject({ kind: "not-found", path: "/a" });
        await expect(session.checksum("/a", patient)).rejects.toMatchObject({ kind: "malformed-reply" });
      },
      { features: ["XMD5"] },
    );
    await withSession(lines(), async (session) => {
      expect(session.can.checksum).toBeNull();
      await expect(session.checksum("/a", patient)).rejects.toMatchObject({ kind: "unsupported-command" });
    });
  });
});

describe("copy", () => {
  test("says from where, then where to", async () => {
    await withSession(
      lines("SITE CPFR /a b", "350 to what?", "SITE CPTO /c", "250 copied"),
      async (session) => {
        expect(session.can.copy).toBe(true);
        await session.copy("/a b", "/c", patient);
      },
      { features: ["SITE COPY"] },
    );
  });

  test("tells whose fault it is", async () => {
    await withSession(
      lines("SITE CPFR /a", "550 No such file", "SITE CPFR /b", "350 ?", "SITE CPTO /c", "550 Permission denied"),
      async (session) => {
        await expect(session.copy("/a", "/c", patient)).rejects.toMatchObject({ kind: "not-found", path: "/a" });
        await expect(session.copy("/b", "/c", patient)).rejects.toMatchObject({
          kind: "permission-denied",
          path: "/c",
        });
      },
    );
  });
});
