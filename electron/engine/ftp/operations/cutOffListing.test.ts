import { expect, test } from "vitest";
import { openFtpSession } from "../openFtpSession.ts";
import { patient, testOptions } from "../testing/openTestSession.ts";
import { scriptedServer } from "../testing/scriptedServer.ts";

// Pure-FTPd 1.0.50 keeps what it has not sent of a listing that was cut off, and sends it in front of the next one.
test.each([
  ["TYPE is now 8-bit binary", false],
  ["binary", true],
])("after a cut-off listing, a session of a server that says “%s” is usable: %s", async (typeText, isUsable) => {
  const server = await scriptedServer(async (peer) => {
    peer.say("220 ready");
    await peer.expectThenSay("USER demo", "230 in");
    await peer.expectThenSay("SYST", "215 UNIX Type: L8");
    await peer.expectThenSay("FEAT", "211-Features", " MLST type*;size*;", "211 End");
    await peer.expectThenSay("TYPE I", `200 ${typeText}`);
    await peer.expectThenSay("PWD", '257 "/" is here');
    const { data } = await peer.passive();
    await peer.expectThenSay("MLSD /", "150 here it comes");
    await (await data).send("type=file;size=1; a\r\n");
    await peer.expectThenSay("ABOR", "226 2 matches total", "226 Since you see this ABOR must've succeeded");
  });
  try {
    const session = await openFtpSession(testOptions(server.port), patient);
    const stop = new AbortController();
    const listing = session.list("/", () => stop.abort(), stop.signal);
    setTimeout(() => stop.abort(), 100); // entries may be handed out with the end only
    await expect(listing).rejects.toMatchObject({ kind: "cancelled" });
    expect(session.isUsable).toBe(isUsable);
  } finally {
    await server.close();
  }
});
