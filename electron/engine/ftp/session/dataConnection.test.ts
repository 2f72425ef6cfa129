import { once } from "node:events";
import { connect, createServer } from "node:net";
import { expect, test } from "vitest";
import { makeCertificate } from "../../../../e2e/ftpd/certificates.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import { openFtpSession } from "../openFtpSession.ts";
import { patient, testDataConnections, testOptions, withSession } from "../testing/openTestSession.ts";
import { scriptedServer, scriptedServerOn } from "../testing/scriptedServer.ts";

const active = { dataConnections: testDataConnections({ mode: "active" }) };
const nobodyListens = 65_533; // no connection there: refused at once

async function download(session: RemoteSession, signal = patient): Promise<string> {
  const pieces: Uint8Array[] = [];
  const sink = { write: async (bytes: Uint8Array) => void pieces.push(Uint8Array.from(bytes)) };
  await session.download({ path: "/f", offset: 0, size: 5, sink, onBytes: () => {} }, signal);
  return Buffer.concat(pieces).toString();
}

async function upload(session: RemoteSession): Promise<void> {
  const parts = ["hel", "lo"];
  const read = async (into: Uint8Array) => Buffer.from(into.buffer).write(parts.shift() ?? "");
  await session.upload({ path: "/f", offset: 0, length: 5, source: { read }, onBytes: () => {} }, patient);
}

/** Resolves when nobody listens at `port` any more. */
async function expectClosed(port: number): Promise<void> {
  const socket = connect({ host: "127.0.0.1", port });
  await expect(once(socket, "connect")).rejects.toMatchObject({ code: "ECONNREFUSED" });
}

test("in active mode the server connects to us, for downloads and uploads, and the ports close behind it", async () => {
  const ports: number[] = [];
  await withSession(
    async (peer) => {
      const down = await peer.active();
      await peer.expectThenSay("RETR /f", "150 opening");
      const sent = await down.connect();
      await sent.send("hello");
      sent.end();
      peer.say("226 done");

      const up = await peer.active();
      await peer.expect("STOR /f");
      const received = await up.connect(); // vsftpd connects before it says 150
      peer.say("150 go");
      expect((await received.receiveAll()).toString()).toBe("hello");
      peer.say("226 done");
      ports.push(down.port, up.port);
    },
    async (session, server) => {
      expect(await download(session)).toBe("hello");
      await upload(session);
      await server.finished();
      for (const port of ports) await expectClosed(port);
    },
    active,
  );
});

test("an active connection is encrypted with us as the client", async () => {
  const { key, cert } = await makeCertificate();
  const server = await scriptedServer(async (peer) => {
    peer.say("220 ready");
    await peer.expectThenSay("AUTH TLS", "234 go ahead");
    await peer.startTls({ key, cert });
    await peer.expectThenSay("PBSZ 0", "200 ok");
    await peer.expectThenSay("PROT P", "200 ok");
    await peer.expectThenSay("USER demo", "230 in");
    await peer.expectThenSay("SYST", "215 UNIX");
    await peer.expectThenSay("FEAT", "211-Features", " REST STREAM", "211 End");
    await peer.expectThenSay("TYPE I", "200 binary");
    await peer.expectThenSay("PWD", '257 "/"');
    for (const direction of ["down", "up"]) {
      const { connect: reach } = await peer.active();
      await peer.expectThenSay(direction === "down" ? "RETR /f" : "STOR /f", "150 opening");
      const secured = await (await reach()).startTls({ key, cert });
      if (direction === "down") {
        await secured.send("hello");
        secured.end();
      } else expect((await secured.receiveAll()).toString()).toBe("hello");
      peer.say("226 done");
    }
  });
  try {
    const session = await openFtpSession(testOptions(server.port, { encryption: "tls-required", ...active }), patient);
    expect(await download(session)).toBe("hello");
    await upload(session);
    await server.finished();
  } finally {
    await server.close();
  }
});

test.each([
  ["is put in force again when the server has dropped it", "200 ok"],
  ["is not given up when the server refuses it", "536 no"],
])("protection of data %s", async (_title, answer) => {
  const { key, cert } = await makeCertificate();
  const server = await scriptedServer(async (peer) => {
    peer.say("220 ready");
    await peer.expectThenSay("AUTH TLS", "234 go ahead");
    await peer.startTls({ key, cert });
    await peer.expectThenSay("PBSZ 0", "200 ok");
    await peer.expectThenSay("PROT P", "200 ok");
    await peer.expectThenSay("USER demo", "230 in");
    await peer.expectThenSay("SYST", "215 UNIX");
    await peer.expectThenSay("FEAT", "211-Features", " REST STREAM", "211 End");
    await peer.expectThenSay("TYPE I", "200 binary");
    await peer.expectThenSay("PWD", '257 "/"');
    await peer.active();
    await peer.expectThenSay("RETR /f", "522 Data connections must be encrypted");
    await peer.expectThenSay("PBSZ 0", "200 ok");
    await peer.expectThenSay("PROT P", answer);
    if (answer !== "200 ok") return;
    const { connect: reach } = await peer.active();
    await peer.expectThenSay("RETR /f", "150 opening");
    const secured = await (await reach()).startTls({ key, cert });
    await secured.send("hello");
    secured.end();
    peer.say("226 done");
  });
  try {
    const session = await openFtpSession(testOptions(server.port, { encryption: "tls-required", ...active }), patient);
    if (answer === "200 ok") expect(await download(session)).toBe("hello");
    else await expect(download(session)).rejects.toMatchObject({ kind: "encryption-refused", reply: { code: 536 } });
    await server.finished();
  } finally {
    await server.close();
  }
});

test("a stranger who connects first gets nothing", async () => {
  await withSession(
    async (peer) => {
      const { connect: reach } = await peer.active();
      await peer.expectThenSay("RETR /f", "150 opening");
      const stranger = await reach("127.0.0.2");
      await stranger.send("evil!").catch(() => {});
      await once(stranger.socket, "close");
      const sent = await reach();
      await sent.send("hello");
      sent.end();
      peer.say("226 done");
    },
    async (session) => expect(await download(session)).toBe("hello"),
    active,
  );
});

test("PORT that is refused is followed by EPRT, and that is remembered for the host", async () => {
  const dataConnections = testDataConnections({ mode: "active" });
  await withSession(
    async (peer) => {
      await peer.expectMatch(/^PORT 127,0,0,1,/);
      peer.say("500 Illegal PORT command.");
      for (let round = 0; round < 2; round++) {
        const { connect: reach } = await peer.active();
        await peer.expectThenSay("RETR /f", "150 opening");
        const sent = await reach();
        await sent.send("hello");
        sent.end();
        peer.say("226 done");
      }
    },
    async (session) => {
      expect([await download(session), await download(session)]).toEqual(["hello", "hello"]);
      expect(dataConnections.memory.recall()).toBe("EPRT");
    },
    { dataConnections },
  );
});

test("automatic tries EPSV, PASV and then active; what worked comes first the next time", async () => {
  await withSession(
    async (peer) => {
      await peer.expectThenSay("EPSV", `229 Entering (|||${nobodyListens}|)`);
      await peer.expectThenSay("PASV", `227 Entering (127,0,0,1,${nobodyListens >> 8},${nobodyListens & 255})`);
      for (let round = 0; round < 2; round++) {
        const { connect: reach } = await peer.active();
        await peer.expectThenSay("RETR /f", "150 opening");
        const sent = await reach();
        await sent.send("hello");
        sent.end();
        peer.say("226 done");
      }
    },
    async (session) => expect([await download(session), await download(session)]).toEqual(["hello", "hello"]),
  );
});

test("a passive way that no longer works gives way to the other, in the same session", async () => {
  const dataConnections = testDataConnections();
  await withSession(
    async (peer) => {
      const first = await peer.passive();
      await peer.expectThenSay("RETR /f", "150 opening");
      const sent = await first.data;
      await sent.send("hello");
      sent.end();
      peer.say("226 done");

      await peer.expectThenSay("EPSV", `229 Entering (|||${nobodyListens}|)`);
      const { data, port } = await peer.listen();
      await peer.expectThenSay("PASV", `227 Entering (127,0,0,1,${port >> 8},${port & 255})`);
      await peer.expectThenSay("RETR /f", "150 opening");
      const again = await data;
      await again.send("hello");
      again.end();
      peer.say("226 done");
    },
    async (session) => {
      expect([await download(session), await download(session)]).toEqual(["hello", "hello"]);
      expect(dataConnections.memory.recall()).toBe("PASV");
    },
    { dataConnections },
  );
});

test("F-data-setup-08: a remembered active way that fails leads back to passive, and the transfer happens all the same", async () => {
  const dataConnections = testDataConnections();
  dataConnections.memory.note("PORT");
  await withSession(
    async (peer) => {
      await peer.active();
      await peer.expectThenSay("STOR /f", "425 Cannot open data connection.");
      const { data } = await peer.passive();
      await peer.expectThenSay("STOR /f", "150 go");
      expect((await (await data).receiveAll()).toString()).toBe("hello");
      peer.say("226 done");
    },
    async (session) => {
      await upload(session);
      expect(dataConnections.memory.recall()).toBe("EPSV");
    },
    { dataConnections },
  );
});

test("a server that never comes is a failed data connection after the timeout, and the session goes on", async () => {
  await withSession(
    async (peer) => {
      for (const command of ["PORT", "EPRT"]) {
        await peer.expectMatch(new RegExp(`^${command} `));
        peer.say("200 I will connect");
        await peer.expectThenSay("RETR /f", "150 opening");
        await peer.expectThenSay("ABOR", "426 aborted", "226 abort done");
      }
      await peer.expectThenSay("NOOP", "200 here");
    },
    async (session) => {
      await expect(download(session)).rejects.toMatchObject({ kind: "data-connection-failed" });
      expect(session.isUsable).toBe(true);
      await session.keepAlive(patient);
    },
    { ...active, timeoutMs: 300 },
  );
});

test("a cancel while the server is awaited closes the port and keeps the session", async () => {
  const cancel = new AbortController();
  let port = 0;
  await withSession(
    async (peer) => {
      ({ port } = await peer.active());
      await peer.expectThenSay("RETR /f", "150 opening");
      cancel.abort();
      await peer.expectThenSay("ABOR", "426 aborted", "226 abort done");
      await peer.expectThenSay("NOOP", "200 here");
    },
    async (session) => {
      await expect(download(session, cancel.signal)).rejects.toMatchObject({ kind: "cancelled" });
      await expectClosed(port);
      await session.keepAlive(patient);
    },
    active,
  );
});

test("ports come from the range, and a busy one is passed over", async () => {
  const busy = createServer();
  busy.listen(0, "127.0.0.1");
  await once(busy, "listening");
  const address = busy.address();
  const first = typeof address === "object" && address !== null ? address.port : 0;
  const dataConnections = testDataConnections({ mode: "active", ports: { first, last: first } });
  try {
    await withSession(
      async () => {},
      async (session) => {
        await expect(download(session)).rejects.toMatchObject({
          kind: "data-connection-failed",
          cause: { message: expect.stringContaining(`from ${first} to ${first}`) },
        });
      },
      { dataConnections },
    );
  } finally {
    busy.close();
  }
  await withSession(
    async (peer) => {
      const { connect: reach, port } = await peer.active();
      expect(port).toBe(first);
      await peer.expectThenSay("RETR /f", "150 opening");
      const sent = await reach();
      await sent.send("hello");
      sent.end();
      peer.say("226 done");
    },
    async (session) => expect(await download(session)).toBe("hello"),
    { dataConnections },
  );
});

test("the private address in a PASV reply is replaced by the server's own, and the log says so", async () => {
  const server = await scriptedServer(async (peer) => {
    await peer.acceptLogin();
    await peer.expectThenSay("EPSV", "502 not here");
    const { data, port } = await peer.listen();
    await peer.expectThenSay("PASV", `227 Entering (10,1,2,3,${port >> 8},${port & 255})`);
    await peer.expectThenSay("RETR /f", "150 opening");
    const sent = await data;
    await sent.send("hello");
    sent.end();
    peer.say("226 done");
  });
  try {
    const options = testOptions(server.port);
    expect(await download(await openFtpSession(options, patient))).toBe("hello");
    expect(options.dialogue).toContainEqual({
      kind: "status",
      text: "The server announces the address 10.1.2.3; using 127.0.0.1 instead",
    });
  } finally {
    await server.close();
  }
});

test.each(["passive", "active"] as const)("IPv6 works in %s mode, with the extended commands only", async (mode) => {
  const server = await scriptedServerOn("::1", async (peer) => {
    await peer.acceptLogin();
    if (mode === "passive") {
      const { data } = await peer.passive();
      await peer.expectThenSay("RETR /f", "150 opening");
      const sent = await data;
      await sent.send("hello");
      sent.end();
    } else {
      const { connect: reach } = await peer.active();
      await peer.expectThenSay("RETR /f", "150 opening");
      const sent = await reach();
      await sent.send("hello");
      sent.end();
    }
    peer.say("226 done");
  });
  try {
    const options = testOptions(server.port, { host: "::1", dataConnections: testDataConnections({ mode }) });
    const session = await openFtpSession(options, patient);
    expect(await download(session)).toBe("hello");
    const commands = options.dialogue.filter(({ kind }) => kind === "command").map(({ text }) => text.split(" ")[0]);
    expect(commands).toContain(mode === "passive" ? "EPSV" : "EPRT");
    expect(commands).not.toContain("PORT");
  } finally {
    await server.close();
  }
});
