import { describe, expect, test } from "vitest";
import { type ErrorKind, errorKinds } from "../../../../shared/errors/errorKind.ts";
import { policyOf } from "../../../../shared/errors/policy.ts";
import { patient, withSession } from "../testing/openTestSession.ts";
import { textCodec } from "../text/codec.ts";
import { errorFromReply, kindOfReply, type Phase } from "./classifyError.ts";

type Case = readonly [code: number, text: string, command: string, phase: Phase, kind: ErrorKind];

/** Every refusal of RFC 959 §4.2.2, RFC 2228 §5, RFC 2428 §2, RFC 3659 §5.2 and RFC 7151 §3.2, as servers write them. */
const refusals: readonly Case[] = [
  [421, "Service not available, closing control connection.", "NOOP", "session", "service-unavailable"],
  [421, "Timeout.", "RETR a", "session", "service-unavailable"],
  [421, "There are too many connections from your internet address.", "", "login", "too-many-connections"],
  [421, "Too many users", "STOR a", "session", "too-many-connections"],
  [425, "Can't open data connection.", "RETR a", "session", "data-connection-failed"],
  [426, "Connection closed; transfer aborted.", "RETR a", "session", "transfer-aborted"],
  [430, "Invalid username or password", "PASS x", "login", "login-rejected"],
  [431, "Need some unavailable resource to process security.", "AUTH TLS", "login", "busy"],
  [434, "Requested host unavailable.", "CWD a", "session", "busy"],
  [450, "File busy.", "DELE a", "session", "busy"],
  [450, "Disk quota exceeded", "STOR a", "session", "remote-full"],
  [451, "Local error in processing.", "STOR a", "session", "busy"],
  [451, "Rename/move failure: Permission denied", "RNTO b", "session", "permission-denied"],
  [452, "Insufficient storage space.", "STOR a", "session", "remote-full"],
  [500, "Syntax error, command unrecognized.", "MLSD", "session", "unsupported-command"],
  [501, "Syntax error in parameters.", "OPTS UTF8 ON", "session", "unsupported-command"],
  [501, 'Invalid data set name "x".  Use MVS Dsname conventions.', "STOR 'A.x'", "session", "name-not-allowed"],
  [502, "Command not implemented.", "MFMT x", "session", "unsupported-command"],
  [503, "Bad sequence of commands.", "RNTO b", "session", "unsupported-command"],
  [504, "Not implemented for that parameter.", "MODE Z", "session", "unsupported-command"],
  [521, "Directory already exists.", "MKD a", "session", "already-exists"],
  [522, "Data connections must be encrypted.", "LIST", "session", "encryption-refused"],
  [530, "Login incorrect.", "PASS x", "login", "login-rejected"],
  [
    530,
    "Sorry, the maximum number of clients (3) from your host are already connected.",
    "PASS x",
    "login",
    "too-many-connections",
  ],
  [421, "Sorry, cleartext sessions are not accepted on this server.", "USER x", "login", "encryption-refused"],
  [530, "Non-anonymous sessions must use encryption.", "USER x", "login", "encryption-refused"],
  [550, "SSL/TLS required on the control channel", "USER x", "login", "encryption-refused"],
  [532, "Need account for storing files.", "STOR a", "session", "account-required"],
  [533, "Command protection level denied for policy reasons.", "USER x", "login", "encryption-refused"],
  [534, "Request denied for policy reasons.", "AUTH TLS", "login", "encryption-refused"],
  [535, "Failed security check.", "AUTH TLS", "login", "encryption-refused"],
  [536, "Data protection level not supported.", "PROT P", "login", "encryption-refused"],
  [550, "No such file or directory.", "RETR a", "session", "not-found"],
  [550, "Permission denied.", "RETR a", "session", "permission-denied"],
  [550, "Failed.", "RETR a", "session", "not-found"],
  [550, "Failed.", "DELE a", "session", "permission-denied"],
  [550, "Directory not empty.", "RMD a", "session", "directory-not-empty"],
  [550, "a: Not a directory", "CWD a", "session", "not-a-directory"],
  [550, "File exists", "MKD a", "session", "already-exists"],
  [551, "Page type unknown.", "STOR a", "session", "name-not-allowed"],
  [552, "Exceeded storage allocation.", "STOR a", "session", "remote-full"],
  [553, "File name not allowed.", "STOR a", "session", "name-not-allowed"],
  [553, "Could not create file.", "STOR a", "session", "permission-denied"],
  [553, "Bad name.", "STOR a", "session", "name-not-allowed"],
  [554, "Invalid REST parameter.", "RETR a", "session", "resume-refused"],
  [631, "TWlzcw==", "NOOP", "session", "unexpected-reply"],
  [632, "TWlzcw==", "PASS x", "login", "unexpected-reply"],
  [633, "TWlzcw==", "RETR a", "session", "unexpected-reply"],
];

/** Replies that ask for more, where there is no more. */
const dangling: readonly Case[] = [
  [331, "Need password.", "CWD a", "session", "unexpected-reply"],
  [332, "Need account for login.", "CWD a", "session", "account-required"],
  [334, "Requested security mechanism accepted.", "NOOP", "session", "unexpected-reply"],
  [350, "Pending further information.", "DELE a", "session", "unexpected-reply"],
];

describe("what a reply means", () => {
  test.each([...refusals, ...dangling])("%i %s (to %j, %s) is %s", (code, text, command, phase, kind) => {
    expect(kindOfReply(code, text, command, phase)).toBe(kind);
  });

  test("every code from 400 on has a kind and a policy, in both phases and without a sentence", () => {
    const phases: readonly Phase[] = ["login", "session"];
    const kinds = phases.flatMap((phase) =>
      Array.from({ length: 300 }, (_, step) => kindOfReply(400 + step, "", "NOOP", phase)),
    );
    expect(kinds.filter((kind) => !errorKinds.includes(kind) || policyOf[kind] === undefined)).toEqual([]);
    expect(kinds).not.toContain("internal");
  });

  test.each([
    [421, "after-delay"],
    [425, "new-session"],
    [426, "new-session"],
    [450, "after-delay"],
    [451, "after-delay"],
    [452, "no"],
    [502, "no"],
    [530, "no"],
    [532, "no"],
    [534, "no"],
    [550, "no"],
    [552, "no"],
    [553, "no"],
    [554, "same-session"],
  ] as const)("after %i the queue tries again: %s", (code, retry) => {
    expect(policyOf[kindOfReply(code, "", "STOR a", "session")].retry).toBe(retry);
  });

  test("a greeting that refuses says whether others are too many, or nobody is served", () => {
    expect(kindOfReply(500, "Too many connections", "", "login")).toBe("too-many-connections");
    expect(kindOfReply(500, "Closed for the night", "", "login")).toBe("service-unavailable");
  });

  test("the error carries the server's words, and of PASS nothing but its name", () => {
    const codec = textCodec({ encoding: "auto", speaksUtf8: true });
    const reply = { code: 530, lines: ["Login", "incorrect."] };
    expect(errorFromReply(reply, { command: "PASS hush", phase: "login", codec })).toMatchObject({
      kind: "login-rejected",
      message: "PASS ****: 530 Login\nincorrect.",
      reply: { code: 530, text: "Login\nincorrect." },
      command: "PASS ****",
    });
  });
});

describe("replies that are no end", () => {
  test("restart markers (110) in the middle of a download are passed over", async () => {
    await withSession(
      async (peer) => {
        const { data } = await peer.passive();
        await peer.expectThenSay("RETR /a", "150 here", "110 MARK 1 = 1");
        const connection = await data;
        await connection.send("abc");
        connection.end();
        peer.say("110 MARK 3 = 3", "226 done");
        await peer.expectThenSay("NOOP", "200 in step");
      },
      async (session) => {
        const received: Buffer[] = [];
        const sink = { write: async (bytes: Uint8Array) => void received.push(Buffer.from(bytes)) };
        await session.download({ path: "/a", offset: 0, size: 3, sink, onBytes: () => {} }, patient);
        await session.keepAlive(patient);
        expect(Buffer.concat(received).toString()).toBe("abc");
      },
    );
  });

  test("a server that needs a moment (120) before an answer is waited for", async () => {
    await withSession(
      (peer) => peer.expectThenSay("DELE /a", "120 Ready in 1 minute", "250 gone"),
      (session) => session.removeFile("/a", patient),
    );
  });

  test("421 ends the session, whatever it answers", async () => {
    await withSession(
      (peer) => peer.expectThenSay("DELE /a", "421 Shutting down"),
      async (session) => {
        await expect(session.removeFile("/a", patient)).rejects.toMatchObject({ kind: "service-unavailable" });
        expect(session.isUsable).toBe(false);
      },
    );
  });

  test("a protected reply (631) that nobody asked for is no success", async () => {
    await withSession(
      (peer) => peer.expectThenSay("RNFR /a", "631 TWlzcw=="),
      (session) => expect(session.rename("/a", "/b", patient)).rejects.toMatchObject({ kind: "unexpected-reply" }),
    );
  });
});
