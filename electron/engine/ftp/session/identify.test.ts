import { describe, expect, test } from "vitest";
import type { FtpProxyServer, OpenSessionOptions } from "../../sessions/remoteSession.ts";
import { openFtpSession } from "../openFtpSession.ts";
import { patient, testOptions } from "../testing/openTestSession.ts";
import { type Peer, scriptedServer } from "../testing/scriptedServer.ts";

/** Opens a session against `script`, and gives what was logged. */
async function open(script: (peer: Peer) => Promise<void>, changes: (port: number) => Partial<OpenSessionOptions>) {
  const server = await scriptedServer(script);
  const options = testOptions(server.port, changes(server.port));
  try {
    const session = await openFtpSession(options, patient);
    const { startFolder } = session;
    await session.close();
    await server.finished();
    return { startFolder, log: options.dialogue.map(({ text }) => text) };
  } catch (error) {
    throw server.complaint() ?? error;
  } finally {
    await server.close();
  }
}

async function afterLogin(peer: Peer, ...commands: readonly (readonly [string, string])[]): Promise<void> {
  await peer.expectThenSay("SYST", "215 UNIX Type: L8");
  await peer.expectThenSay("FEAT", "500 what");
  await peer.expectThenSay("TYPE I", "200 binary");
  for (const [command, reply] of commands) await peer.expectThenSay(command, reply);
  await peer.expectThenSay("PWD", '257 "/" is here');
  await peer.expectThenSay("QUIT", "221 bye");
}

describe("through an FTP proxy", () => {
  const through =
    (ftpProxy: Partial<FtpProxyServer>, changes: Partial<OpenSessionOptions> = {}) =>
    (port: number): Partial<OpenSessionOptions> => ({
      host: "ftp.harbour.invalid",
      port: 21,
      ftpProxy: {
        ...{ kind: "user@host", host: "127.0.0.1", port, user: "", password: "", loginSequence: [] },
        ...ftpProxy,
      },
      ...changes,
    });

  test("the host stands in the user's name", async () => {
    await open(async (peer) => {
      peer.say("220 relay");
      await peer.expectThenSay("USER demo@ftp.harbour.invalid", "331 password");
      await peer.expectThenSay("PASS secret", "230 in");
      await afterLogin(peer);
    }, through({}));
  });

  test("the proxy's own login goes first, as far as it asks for it", async () => {
    const { log } = await open(
      async (peer) => {
        peer.say("220 relay");
        await peer.expectThenSay("USER relayed", "230 no password needed");
        await peer.expectThenSay("SITE ftp.harbour.invalid", "220 harbour");
        await peer.expectThenSay("USER demo", "331 password");
        await peer.expectThenSay("PASS secret", "230 in");
        await afterLogin(peer);
      },
      through({ kind: "site", user: "relayed", password: "let me" }),
    );
    expect(log).toContainEqual(
      expect.stringMatching(/ftp\.harbour\.invalid:21 through the FTP proxy 127\.0\.0\.1:\d+$/),
    );
  });

  test("a secret in a line of one's own is neither logged nor kept in the error", async () => {
    const opening = open(
      async (peer) => {
        peer.say("220 relay");
        await peer.expectThenSay("OPEN let me ftp.harbour.invalid", "530 no");
        await peer.closed;
      },
      through({ kind: "custom", user: "r", password: "let me", loginSequence: ["OPEN %w %h"] }),
    );
    await expect(opening).rejects.toMatchObject({
      kind: "proxy-login-rejected",
      command: "OPEN **** ftp.harbour.invalid",
      message: "OPEN **** ftp.harbour.invalid: 530 no",
    });
  });

  test("a refusal of the user's own login is the server's", async () => {
    const opening = open(
      async (peer) => {
        peer.say("220 relay");
        await peer.expectThenSay("OPEN ftp.harbour.invalid", "200 there");
        await peer.expectThenSay("USER demo", "331 password");
        await peer.expectThenSay("PASS secret", "530 no");
        await peer.closed;
      },
      through({ kind: "open" }),
    );
    await expect(opening).rejects.toMatchObject({ kind: "login-rejected" });
  });

  test("nothing is encrypted: a site that only wishes for it goes on, after the question", async () => {
    const asked: string[] = [];
    await open(
      async (peer) => {
        peer.say("220 relay");
        await peer.expectThenSay("USER demo@ftp.harbour.invalid", "230 in");
        await afterLogin(peer);
      },
      through({}, { encryption: "tls-if-available", allowPlain: async () => asked.push("plain?") > 0 }),
    );
    expect(asked).toEqual(["plain?"]);
  });

  test.each(["tls-required", "tls-implicit"] as const)(
    "a site with %s is refused before anybody is called",
    async (encryption) => {
      const server = await scriptedServer();
      const options = testOptions(server.port, through({}, { encryption })(server.port));
      await expect(openFtpSession(options, patient)).rejects.toMatchObject({ kind: "encryption-refused" });
      await server.finished(); // a connection would have failed it
      await server.close();
    },
  );

  test("a line break in what the proxy is told is refused before anybody is called", async () => {
    const server = await scriptedServer();
    const options = testOptions(server.port, through({ user: "a\r\nDELE x" })(server.port));
    await expect(openFtpSession(options, patient)).rejects.toMatchObject({ kind: "invalid-input" });
    await server.finished();
    await server.close();
  });
});

describe("HOST", () => {
  const naming = (host: string) => () => ({ host, sendsHost: true });
  const named = async (peer: Peer, reply: string) => {
    peer.say("220 which one?");
    await peer.expectThenSay("HOST 127.0.0.1", reply);
  };

  test("comes before the user's name", async () => {
    await open(async (peer) => {
      await named(peer, "220 harbour");
      await peer.expectThenSay("USER demo", "230 in");
      await afterLogin(peer);
    }, naming("127.0.0.1"));
  });

  test.each(["500 what", "502 not here"])("is done without where the server answers %j", async (reply) => {
    const { log } = await open(async (peer) => {
      await named(peer, reply);
      await peer.expectThenSay("USER demo", "230 in");
      await afterLogin(peer);
    }, naming("127.0.0.1"));
    expect(log).toContain("The server does not know HOST; going on without it");
  });

  test.each([
    ["504 no such site", "host-not-found"],
    ["503 too late", "unsupported-command"],
    ["421 too many", "too-many-connections"],
  ])("%j ends the login, with nothing said about the user", async (reply, kind) => {
    const opening = open(async (peer) => {
      await named(peer, reply);
      await peer.closed;
      expect(peer.unread()).toBe("");
    }, naming("127.0.0.1"));
    await expect(opening).rejects.toMatchObject({ kind });
  });
});

describe("commands after the login", () => {
  test("are sent in order before the folder is asked for; a refusal bothers nobody", async () => {
    const { startFolder } = await open(
      async (peer) => {
        peer.say("230 in");
        await afterLogin(peer, ["SITE UMASK 002", "500 no"], ["CWD /pub", "250 there"]);
      },
      () => ({ loginCommands: ["SITE UMASK 002", "CWD /pub"] }),
    );
    expect(startFolder).toBe("/");
  });

  test("that would take the session out of Portside's hands are not sent", async () => {
    const { log } = await open(
      async (peer) => {
        peer.say("230 in");
        await afterLogin(peer);
      },
      () => ({ loginCommands: ["PASV", "quit", "LIST"] }),
    );
    expect(log.filter((line) => line.includes("not sent")).map((line) => line.split(" ")[0])).toEqual([
      "PASV",
      "QUIT",
      "LIST",
    ]);
  });
});
