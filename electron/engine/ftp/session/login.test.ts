import type { TLSSocketOptions } from "node:tls";
import { beforeAll, describe, expect, test } from "vitest";
import { makeCertificate } from "../../../../e2e/ftpd/certificates.ts";
import type { OpenSessionOptions, PresentedCertificate } from "../../sessions/remoteSession.ts";
import { openFtpSession } from "../openFtpSession.ts";
import { patient, testOptions } from "../testing/openTestSession.ts";
import { type Peer, scriptedServer } from "../testing/scriptedServer.ts";

type Certificate = Awaited<ReturnType<typeof makeCertificate>>;

let certificate: Certificate;
beforeAll(async () => {
  certificate = await makeCertificate({ addresses: ["127.0.0.1"] });
});

/** Opens a session against `script`; gives what was logged, and the outcome. */
async function open(script: (peer: Peer) => Promise<void>, changes: Partial<OpenSessionOptions> = {}) {
  const server = await scriptedServer(script);
  const options = testOptions(server.port, { timeoutMs: 1000, ...changes });
  try {
    const session = await openFtpSession(options, patient);
    const { security, startFolder, system, encoding } = session;
    await session.close();
    return { security, startFolder, system, encoding, dialogue: options.dialogue };
  } catch (error) {
    throw server.complaint() ?? error;
  } finally {
    await server.close();
  }
}

async function afterLogin(peer: Peer, features: readonly string[] = []): Promise<void> {
  await peer.expectThenSay("SYST", "215 UNIX Type: L8");
  await peer.expectThenSay("FEAT", "211-Features", ...features.map((feature) => ` ${feature}`), "211 End");
  await peer.expectThenSay("TYPE I", "200 binary");
  await peer.expectThenSay("PWD", '257 "/home/""x""" is here');
  await peer.expectThenSay("QUIT", "221 bye");
}

describe("logging in", () => {
  test.each([
    ["auto", true],
    ["UTF-8", true],
    ["utf8", true],
    ["gb18030", false],
  ])("where names are read as %s, UTF-8 is switched on: %s", async (encoding, isSwitchedOn) => {
    await open(
      async (peer) => {
        peer.sendRaw("220 \xbb\xb6\xd3\xad\r\n"); // a greeting in GBK decides nothing
        await peer.expectThenSay("USER demo", "331 password");
        await peer.expectThenSay("PASS secret", "230 in");
        await peer.expectThenSay("SYST", "215 UNIX Type: L8");
        await peer.expectThenSay("FEAT", "211-Features", " UTF8", "211 End");
        if (isSwitchedOn) await peer.expectThenSay("OPTS UTF8 ON", "200 on");
        await peer.expectThenSay("TYPE I", "200 binary");
        await peer.expectThenSay("PWD", '257 "/" is here');
        await peer.expectThenSay("QUIT", "221 bye");
      },
      { encoding },
    );
  });

  test("follows USER, PASS and ACCT as the server asks, and never shows a secret", async () => {
    const login = { user: "demo", password: "pass word", account: "bureau" };
    const { startFolder, system, dialogue } = await open(
      async (peer) => {
        peer.say("120 ready in a minute");
        peer.say("220 ready");
        await peer.expectThenSay("USER demo", "331 password");
        await peer.expectThenSay("PASS pass word", "332 account");
        await peer.expectThenSay("ACCT bureau", "230 in");
        await afterLogin(peer);
      },
      { login },
    );
    expect({ startFolder, system }).toEqual({ startFolder: '/home/"x"', system: "UNIX Type: L8" });
    const spoken = dialogue.map(({ text }) => text).join("\n");
    expect(spoken).toContain("PASS ****");
    expect(spoken).not.toMatch(/pass word|bureau/);
  });

  test.each([
    ["a 230 to USER", ["USER demo", "230 in"]],
    ["a 202 to PASS", ["USER demo", "331 password", "PASS secret", "202 superfluous"]],
  ])("is done with %s", async (_, lines) => {
    await open(async (peer) => {
      peer.say("220 ready");
      for (let at = 0; at < lines.length; at += 2) await peer.expectThenSay(lines[at] ?? "", lines[at + 1] ?? "");
      await afterLogin(peer);
    });
  });

  test("is not needed after a 230 greeting", async () => {
    await open(async (peer) => {
      peer.say("230 you are in already");
      await afterLogin(peer);
    });
  });

  test("gives its name to a server that offers to take it", async () => {
    await open(async (peer) => {
      peer.say("230 you are in already");
      await peer.expectThenSay("SYST", "215 UNIX Type: L8");
      await peer.expectThenSay("FEAT", "211-Features", " CLNT", "211 End");
      await peer.expectThenSay("CLNT Portside", "200 noted");
      await peer.expectThenSay("TYPE I", "200 binary");
      await peer.expectThenSay("PWD", '257 "/" is here');
      await peer.expectThenSay("QUIT", "221 bye");
    });
  });

  test("asks for the facts of MLSD that a server offers but does not send", async () => {
    await open(async (peer) => {
      peer.say("230 in");
      await peer.expectThenSay("SYST", "500 what");
      await peer.expectThenSay("FEAT", "211-Features", " MLST type*;size*;modify;unix.mode*;perm;", "211 End");
      await peer.expectThenSay("OPTS MLST type;size;modify;unix.mode;", "200 ok");
      await peer.expectThenSay("TYPE I", "200 binary");
      await peer.expectThenSay("PWD", "550 no idea");
      await peer.expectThenSay("QUIT", "221 bye");
    });
  });

  test.each([
    ["530 Login incorrect.", "login-rejected"],
    ["530 Sorry, the maximum number of clients (50) for this user are already connected.", "too-many-connections"],
    ["421 Too many users", "too-many-connections"],
    ["532 account needed", "account-required"],
    ["332 account needed", "account-required"],
    ["534 Policy requires SSL", "encryption-refused"],
  ])("ends with the kind of %j", async (line, kind) => {
    await expect(
      open(async (peer) => {
        peer.say("220 ready");
        await peer.expectThenSay("USER demo", "331 password");
        await peer.expectThenSay("PASS secret", line);
        await peer.closed;
      }),
    ).rejects.toMatchObject({ kind });
  });

  test.each([
    ["421 Too many connections from this address", "too-many-connections"],
    ["554 go away", "service-unavailable"],
    ["HTTP/1.1 400 Bad Request", "malformed-reply"],
    ["\x16\x03\x03", "malformed-reply"],
  ])("ends with the kind of the greeting %j", async (line, kind) => {
    await expect(open(async (peer) => peer.say(line))).rejects.toMatchObject({ kind });
  });

  test("gives up after a greeting that never comes", async () => {
    await expect(open((peer) => peer.closed, { timeoutMs: 100 })).rejects.toMatchObject({
      kind: "connection-timeout",
    });
  });

  test("is lost when the server hangs up in the middle of a reply", async () => {
    await expect(
      open(async (peer) => {
        peer.sendRaw("220-half\r\n220-a reply");
        peer.hangUp();
      }),
    ).rejects.toMatchObject({ kind: "connection-lost" });
  });

  test("is cancelled at once, and hangs up", async () => {
    const stop = new AbortController();
    const server = await scriptedServer(async (peer) => {
      setTimeout(() => stop.abort(), 20);
      await peer.closed;
    });
    await expect(openFtpSession(testOptions(server.port), stop.signal)).rejects.toMatchObject({ kind: "cancelled" });
    await server.finished();
    await server.close();
  });

  test.each(["demo\r\nDELE x", "demo\nx", "demo\0"])("refuses the user %j before anything is sent", async (user) => {
    const server = await scriptedServer();
    const login = { user, password: "", account: null };
    await expect(openFtpSession(testOptions(server.port, { login }), patient)).rejects.toMatchObject({
      kind: "invalid-input",
    });
    await server.finished(); // a connection would have failed it
    await server.close();
  });

  test("says which of host, port and route is wrong", async () => {
    const server = await scriptedServer();
    await server.close();
    await expect(openFtpSession(testOptions(server.port), patient)).rejects.toMatchObject({
      kind: "connection-refused",
    });
    await expect(openFtpSession(testOptions(21, { host: "no-such-host.invalid" }), patient)).rejects.toMatchObject({
      kind: "host-not-found",
    });
  });
});

describe("encryption", () => {
  const required = { encryption: "tls-required" } as const;
  const securing = async (peer: Peer) => {
    peer.say("220 ready");
    await peer.expectThenSay("AUTH TLS", "234 go ahead");
    await peer.startTls({ key: certificate.key, cert: certificate.cert });
    await peer.expectThenSay("PBSZ 0", "200 ok");
    await peer.expectThenSay("PROT P", "200 ok");
  };
  const identify = async (peer: Peer) => {
    await peer.expectThenSay("USER demo", "331 password");
    await peer.expectThenSay("PASS secret", "230 in");
    await afterLogin(peer);
  };

  test("comes before everything, and the certificate is shown before the user's name", async () => {
    const shown: PresentedCertificate[] = [];
    const { security } = await open(
      async (peer) => {
        await securing(peer);
        await identify(peer);
      },
      { ...required, trust: async (presented) => shown.push(presented) > 0 },
    );
    expect(security).toMatchObject({ encrypted: true, dataProtected: true, protocol: "TLSv1.3" });
    expect(shown).toMatchObject([
      {
        host: "127.0.0.1",
        reasons: ["self-signed"],
        certificate: { subject: "CN=localhost", names: ["localhost", "127.0.0.1"], issuer: "CN=localhost" },
      },
    ]);
    expect(shown[0]?.certificate).toEqual(security.certificate);
    expect(shown[0]?.certificate.fingerprint256).toMatch(/^([0-9A-F]{2}:){31}[0-9A-F]{2}$/);
  });

  test("ends the session when the certificate is not trusted, with nothing secret said", async () => {
    const server = await scriptedServer(async (peer) => {
      peer.say("220 ready");
      await peer.expectThenSay("AUTH TLS", "234 go ahead");
      // With TLS 1.3 the client may be gone before its last handshake message is.
      await peer.startTls({ key: certificate.key, cert: certificate.cert }).catch(() => {});
      await peer.closed;
      expect(peer.unread()).not.toContain("demo");
    });
    const options = testOptions(server.port, { ...required, trust: async () => false });
    await expect(openFtpSession(options, patient)).rejects.toMatchObject({ kind: "certificate-untrusted" });
    await server.finished();
    await server.close();
  });

  test("is refused when bytes were slipped in before it (CVE-2021-22947)", async () => {
    await expect(
      open(async (peer) => {
        peer.say("220 ready");
        await peer.expect("AUTH TLS");
        peer.sendRaw("234 go ahead\r\n230 you are in\r\n");
        await peer.closed;
      }, required),
    ).rejects.toMatchObject({ kind: "tls-failed" });
  });

  test("is not skipped by a 230 greeting (CVE-2021-22946)", async () => {
    await expect(
      open(async (peer) => {
        peer.say("230 you are in");
        await peer.closed;
      }, required),
    ).rejects.toMatchObject({ kind: "encryption-refused", reply: { code: 230, text: "you are in" } });
  });

  test("goes on without when it is only wished for and not offered", async () => {
    const { security } = await open(
      async (peer) => {
        peer.say("220 ready");
        await peer.expectThenSay("AUTH TLS", "500 what");
        await peer.expectThenSay("AUTH SSL", "500 what");
        await identify(peer);
      },
      { encryption: "tls-if-available" },
    );
    expect(security).toEqual({
      encrypted: false,
      dataProtected: false,
      protocol: null,
      cipher: null,
      certificate: null,
    });
  });

  test("never falls back to plain when a handshake fails", async () => {
    await expect(
      open(
        async (peer) => {
          peer.say("220 ready");
          await peer.expectThenSay("AUTH TLS", "234 go ahead");
          while (peer.unread() === "") await new Promise((resolve) => setTimeout(resolve, 5)); // its ClientHello
          peer.sendRaw("no handshake at all\r\n");
          await peer.closed;
        },
        { encryption: "tls-if-available" },
      ),
    ).rejects.toMatchObject({ kind: "tls-failed" });
  });

  test("takes the older name AUTH SSL", async () => {
    await open(async (peer) => {
      peer.say("220 ready");
      await peer.expectThenSay("AUTH TLS", "504 what");
      await peer.expectThenSay("AUTH SSL", "234 go ahead");
      await peer.startTls({ key: certificate.key, cert: certificate.cert });
      await peer.expectThenSay("PBSZ 0", "200 ok");
      await peer.expectThenSay("PROT P", "200 ok");
      await identify(peer);
    }, required);
  });

  test.each(["PBSZ 0", "PROT P"])("is refused when the server refuses %s", async (refused) => {
    await expect(
      open(async (peer) => {
        peer.say("220 ready");
        await peer.expectThenSay("AUTH TLS", "234 go ahead");
        await peer.startTls({ key: certificate.key, cert: certificate.cert });
        await peer.expectThenSay("PBSZ 0", refused === "PBSZ 0" ? "503 no" : "200 ok");
        if (refused === "PROT P") await peer.expectThenSay("PROT P", "536 no");
        await peer.closed;
      }, required),
    ).rejects.toMatchObject({ kind: "encryption-refused" });
  });

  test("protects data after the login where the server wants it so", async () => {
    const { security } = await open(async (peer) => {
      peer.say("220 ready");
      await peer.expectThenSay("AUTH TLS", "234 go ahead");
      await peer.startTls({ key: certificate.key, cert: certificate.cert });
      await peer.expectThenSay("PBSZ 0", "530 log in first");
      await peer.expectThenSay("USER demo", "230 in");
      await peer.expectThenSay("PBSZ 0", "200 ok");
      await peer.expectThenSay("PROT P", "200 ok");
      await afterLogin(peer);
    }, required);
    expect(security.dataProtected).toBe(true);
  });

  test("is there from the first byte when it is implicit", async () => {
    await open(
      async (peer) => {
        await peer.startTls({ key: certificate.key, cert: certificate.cert });
        peer.say("220 ready");
        await peer.expectThenSay("PBSZ 0", "200 ok");
        await peer.expectThenSay("PROT P", "200 ok");
        await identify(peer);
      },
      { encryption: "tls-implicit" },
    );
  });

  test("refuses versions before TLS 1.2", async () => {
    await expect(
      open(async (peer) => {
        peer.say("220 ready");
        await peer.expectThenSay("AUTH TLS", "234 go ahead");
        const versions = { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT:@SECLEVEL=0" } as const;
        await peer.startTls({ key: certificate.key, cert: certificate.cert, ...versions }).catch(() => {});
        await peer.closed;
      }, required),
    ).rejects.toMatchObject({ kind: "tls-failed" });
  });
});

test("nothing secret goes to a server without encryption when the user says no", async () => {
  const asked: string[] = [];
  await expect(
    open(
      async (peer) => {
        peer.say("220 ready");
        await peer.expectThenSay("AUTH TLS", "502 not any more");
        await peer.expectThenSay("AUTH SSL", "502 not any more");
        await peer.closed;
        expect(peer.unread()).toBe("");
      },
      {
        encryption: "tls-if-available",
        allowPlain: async () => {
          asked.push("plain?");
          return false;
        },
      },
    ),
  ).rejects.toMatchObject({ kind: "encryption-refused" });
  expect(asked).toEqual(["plain?"]);
});

describe("a TLS handshake", () => {
  const old = { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT:@SECLEVEL=0" } as const;

  /** Explicit TLS with a server of these options; what the server saw of the client. */
  async function shake(options: TLSSocketOptions, tls: Partial<OpenSessionOptions["tls"]> = {}) {
    let shown: string | undefined;
    const { security } = await open(
      async (peer) => {
        peer.say("220 ready");
        await peer.expectThenSay("AUTH TLS", "234 go ahead");
        const secured = await peer
          .startTls({ key: certificate.key, cert: certificate.cert, ...options })
          .catch(() => null);
        if (secured === null) return;
        shown = secured.getPeerX509Certificate()?.fingerprint256;
        await peer.expectThenSay("PBSZ 0", "200 ok");
        await peer.expectThenSay("PROT P", "200 ok");
        await peer.expectThenSay("USER demo", "230 in");
        await afterLogin(peer);
      },
      { encryption: "tls-required", tls: { minVersion: "TLSv1.2", client: null, ...tls } },
    );
    return { protocol: security.protocol, shown };
  }

  test("shows the client certificate that the site names", async () => {
    const mine = await makeCertificate();
    const { shown } = await shake({ requestCert: true, rejectUnauthorized: false }, { client: mine });
    expect(shown).toBe(mine.fingerprint256);
  });

  test("is refused to a server that speaks another protocol on this port", async () => {
    await expect(shake({ ALPNProtocols: ["http/1.1"] })).rejects.toMatchObject({ kind: "tls-failed" });
  });

  test("goes with a server that knows the protocol by its name", async () => {
    expect(await shake({ ALPNProtocols: ["ftp"] })).toMatchObject({ protocol: "TLSv1.3" });
  });

  test.each([
    ["TLS 1.0 and 1.1 by default", old, {}],
    ["TLS 1.2 where the site wants 1.3", { maxVersion: "TLSv1.2" }, { minVersion: "TLSv1.3" }],
  ] as const)("refuses %s", async (_what, server, tls) => {
    await expect(shake(server, tls)).rejects.toMatchObject({ kind: "tls-failed" });
  });

  test("goes down to TLS 1.1 where the site allows it", async () => {
    expect(await shake(old, { minVersion: "TLSv1" })).toMatchObject({ protocol: "TLSv1.1" });
  });

  test("is not begun with a client certificate that is none: nobody is even called", async () => {
    let calls = 0;
    const opening = open(
      async () => {
        calls++;
      },
      { encryption: "tls-required", tls: { minVersion: "TLSv1.2", client: { cert: "none", key: "none" } } },
    );
    await expect(opening).rejects.toMatchObject({
      kind: "tls-failed",
      message: expect.stringContaining("client certificate"),
    });
    expect(calls).toBe(0);
  });
});
