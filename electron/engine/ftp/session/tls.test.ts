import { beforeAll, describe, expect, test } from "vitest";
import { type Certificate, makeCertificate } from "../../../../e2e/ftpd/certificates.ts";
import type { RemoteSession } from "../../sessions/remoteSession.ts";
import { openFtpSession } from "../openFtpSession.ts";
import { patient, testOptions } from "../testing/openTestSession.ts";
import { type Peer, scriptedServer } from "../testing/scriptedServer.ts";

let ours: Certificate;
let theirs: Certificate;
beforeAll(async () => {
  [ours, theirs] = await Promise.all([makeCertificate(), makeCertificate()]);
});

/** A session over TLS against a server that plays `script` after the login. */
async function withTls(
  script: (peer: Peer) => Promise<void>,
  act: (session: RemoteSession) => Promise<void>,
): Promise<void> {
  const server = await scriptedServer(async (peer) => {
    peer.say("220 ready");
    await peer.expectThenSay("AUTH TLS", "234 go ahead");
    await peer.startTls({ key: ours.key, cert: ours.cert });
    await peer.expectThenSay("PBSZ 0", "200 ok");
    await peer.expectThenSay("PROT P", "200 ok");
    await peer.expectThenSay("USER demo", "230 in");
    await peer.expectThenSay("SYST", "215 UNIX");
    await peer.expectThenSay("FEAT", "211-Features", " SIZE", " REST STREAM", "211 End");
    await peer.expectThenSay("TYPE I", "200 binary");
    await peer.expectThenSay("PWD", '257 "/"');
    await script(peer);
  });
  try {
    await act(await openFtpSession(testOptions(server.port, { encryption: "tls-required", timeoutMs: 1000 }), patient));
    await server.finished();
  } catch (error) {
    throw server.complaint() ?? error;
  } finally {
    await server.close();
  }
}

function download(session: RemoteSession, size: number | null): Promise<void> {
  return session.download({ path: "/f", offset: 0, size, sink: { write: async () => {} }, onBytes: () => {} }, patient);
}

describe("a data connection over TLS", () => {
  test("begins its handshake after the 150 and carries the file", async () => {
    await withTls(
      async (peer) => {
        const { data } = await peer.passive();
        await peer.expect("RETR /f");
        const plain = await data;
        await new Promise((resolve) => setTimeout(resolve, 50));
        expect(plain.socket.bytesRead).toBe(0);
        peer.say("150 opening");
        const secured = await plain.startTls({ key: ours.key, cert: ours.cert });
        await secured.send("hello");
        secured.end();
        peer.say("226 done");
      },
      (session) => download(session, 5),
    );
  });

  test("must show the certificate of the control connection", async () => {
    await withTls(
      async (peer) => {
        const { data } = await peer.passive();
        await peer.expectThenSay("RETR /f", "150 opening");
        await (await data).startTls({ key: theirs.key, cert: theirs.cert }).catch(() => {});
        await peer.expectThenSay("ABOR", "426 the client went away", "226 abort done");
      },
      async (session) => {
        await expect(download(session, 5)).rejects.toMatchObject({ kind: "certificate-untrusted" });
      },
    );
  });

  test("is broken off in the middle of an upload, and the session goes on", async () => {
    await withTls(
      async (peer) => {
        const { data } = await peer.passive();
        await peer.expectThenSay("STOR /f", "150 send");
        await (await data).startTls({ key: ours.key, cert: ours.cert }).catch(() => {}); // the client may be gone before it is over
        await peer.expectThenSay("ABOR", "426 the client went away", "226 abort done");
        await peer.expectThenSay("DELE /f", "250 gone");
      },
      async (session) => {
        const stop = new AbortController();
        let reads = 0;
        const read = async (into: Uint8Array) => {
          reads += 1;
          if (reads === 2) stop.abort(); // the first buffer is written into TLS right after it
          return into.length;
        };
        const upload = { path: "/f", offset: 0, length: 1e12, source: { read }, onBytes: () => {} };
        await expect(session.upload(upload, stop.signal)).rejects.toMatchObject({ kind: "cancelled" });
        await session.removeFile("/f", patient);
      },
    );
  });

  test("asks for the size it was not told: data cut short would look complete", async () => {
    await withTls(
      async (peer) => {
        await peer.expectThenSay("SIZE /f", "213 5");
        const { data } = await peer.passive();
        await peer.expectThenSay("RETR /f", "150 opening");
        const plain = await data;
        const secured = await plain.startTls({ key: ours.key, cert: ours.cert });
        await secured.send("hel");
        plain.socket.end(); // no close_notify
        peer.say("226 done");
      },
      async (session) => {
        await expect(download(session, null)).rejects.toMatchObject({ kind: "incomplete" });
      },
    );
  });

  test("gives the server's reason when it is refused", async () => {
    await withTls(
      async (peer) => {
        const { data } = await peer.passive();
        await peer.expectThenSay("RETR /f", "150 opening");
        (await data).end();
        peer.say("522 SSL connection failed: session reuse required");
      },
      async (session) => {
        await expect(download(session, 5)).rejects.toMatchObject({
          kind: "encryption-refused",
          reply: { text: "SSL connection failed: session reuse required" },
        });
      },
    );
  });

  test("F-tls-06: that stalls in its handshake times out", async () => {
    await withTls(
      async (peer) => {
        const { data } = await peer.passive();
        await peer.expectThenSay("RETR /f", "150 opening");
        await data;
        await peer.expectThenSay("ABOR", "426 aborted", "226 abort done");
      },
      async (session) => {
        await expect(download(session, 5)).rejects.toMatchObject({ kind: "connection-timeout" });
        expect(session.isUsable).toBe(true);
      },
    );
  });
});
