import { expect, test } from "vitest";
import type { KnownLogin, OpenSessionOptions } from "../../sessions/remoteSession.ts";
import { openFtpSession } from "../openFtpSession.ts";
import { patient, testOptions } from "../testing/openTestSession.ts";
import { type Peer, scriptedServer } from "../testing/scriptedServer.ts";

const asVsftpd = { typeReply: "200 Switching to Binary mode." };
const features = ["UTF8", "EPSV"];
const allAtOnce = ["USER demo", "PASS secret", "SYST", "FEAT", "OPTS UTF8 ON", "TYPE I", "PWD"];

function keepLogin(): NonNullable<OpenSessionOptions["logins"]> {
  let known: KnownLogin | null = null;
  return {
    recall: () => known,
    note: (login) => {
      known = login;
    },
  };
}

/** Logs in as often as there are scripts, with one memory, and tells how each ended. */
async function logInEach(...scripts: ((peer: Peer) => Promise<void>)[]): Promise<string[]> {
  const server = await scriptedServer(...scripts);
  const logins = keepLogin();
  const ends: string[] = [];
  try {
    for (let count = 0; count < scripts.length; count++) {
      const options = testOptions(server.port, { logins });
      ends.push(
        await openFtpSession(options, patient).then(
          ({ startFolder }) => startFolder,
          ({ kind }) => kind,
        ),
      );
      expect(JSON.stringify(options.dialogue)).not.toContain("secret");
    }
    await server.finished();
  } catch (error) {
    throw server.complaint() ?? error;
  } finally {
    await server.close();
  }
  return ends;
}

const first = (peer: Peer) => peer.acceptLogin(features, asVsftpd);

/** Every command has to be there before the first is answered. */
async function expectAllAtOnce(peer: Peer, greeting = "220 ready"): Promise<void> {
  peer.say(greeting);
  for (const command of allAtOnce) await peer.expect(command);
}

test("a server that bears pipelining hears the whole login at once from the second session on", async () => {
  const second = async (peer: Peer) => {
    await expectAllAtOnce(peer);
    peer.say("331 password", "230 in", "215 UNIX Type: L8", "211-Features", " UTF8", " EPSV", "211 End");
    peer.say("200 on", asVsftpd.typeReply, '257 "/home" is here');
  };
  expect(await logInEach(first, second)).toEqual(["/", "/home"]);
});

test("a greeting that counts or tells the time is the same greeting", async () => {
  const greetedBy = (greeting: string) => async (peer: Peer) => {
    peer.say(greeting);
    await peer.expectThenSay("USER demo", "331 password");
    await peer.expectThenSay("PASS secret", "230 in");
    await peer.expectThenSay("SYST", "215 UNIX Type: L8");
    await peer.expectThenSay("FEAT", "211-Features", " UTF8", " EPSV", "211 End");
    await peer.expectThenSay("OPTS UTF8 ON", "200 on");
    await peer.expectThenSay("TYPE I", asVsftpd.typeReply);
    await peer.expectThenSay("PWD", '257 "/" is here');
  };
  const second = async (peer: Peer) => {
    await expectAllAtOnce(peer, "220 You are user number 12, it is 10:00");
    peer.say("331 password", "530 wrong", ...Array.from({ length: 5 }, () => "530 log in first"));
  };
  const ends = await logInEach(greetedBy("220 You are user number 3, it is 09:59"), second);
  expect(ends).toEqual(["/", "login-rejected"]);
});

test("a password that is no longer right is said once", async () => {
  const second = async (peer: Peer) => {
    await expectAllAtOnce(peer);
    peer.say("331 password", "530 wrong", ...Array.from({ length: 5 }, () => "530 log in first"));
    await peer.closed;
    expect(peer.unread()).toBe("");
  };
  expect(await logInEach(first, second)).toEqual(["/", "login-rejected"]);
});

test("a user whose name is enough is in, whatever the password is answered", async () => {
  const second = async (peer: Peer) => {
    await expectAllAtOnce(peer);
    peer.say("230 in", "503 already in", "215 UNIX Type: L8", "211-Features", " UTF8", " EPSV", "211 End");
    peer.say("200 on", asVsftpd.typeReply, '257 "/guest" is here');
  };
  expect(await logInEach(first, second)).toEqual(["/", "/guest"]);
});

test("a server that greets otherwise than before may be another one, and is asked step by step", async () => {
  const second = async (peer: Peer) => {
    peer.say("220 somebody else");
    await peer.expectThenSay("USER demo", "530 no such user");
  };
  expect(await logInEach(first, second)).toEqual(["/", "login-rejected"]);
});

test("a server of which nobody knows whether it bears that is never tried", async () => {
  const usual = (peer: Peer) => peer.acceptLogin(features);
  expect(await logInEach(usual, usual)).toEqual(["/", "/"]);
});
