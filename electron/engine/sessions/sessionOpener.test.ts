import { describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/appError.ts";
import { nothingKnown } from "../../../shared/models/serverFacts.ts";
import { defaultSettings } from "../../../shared/models/settings.ts";
import { defaultSiteSettings, type Site } from "../../../shared/models/site.ts";
import { systemClock } from "../ports.ts";
import { createPromptBoard } from "../prompts/promptBoard.ts";
import { createPasswordMemory } from "../sites/passwordMemory.ts";
import { settle } from "../util/testing/fakeClock.ts";
import type { OpenSessionOptions } from "./remoteSession.ts";
import { createSessionOpener } from "./sessionOpener.ts";
import { createMemoryServer } from "./testing/memorySession.ts";

const never = new AbortController().signal;

function setUp(site: Partial<Site>, storedPassword: string | null = null, storedAccount: string | null = null) {
  const server = createMemoryServer();
  const board = createPromptBoard(systemClock);
  const passwords = createPasswordMemory();
  const accounts = createPasswordMemory();
  const asked: OpenSessionOptions[] = [];
  const hidden: string[] = [];
  let open: readonly { readonly id: number }[] = [];
  board.watch((prompts) => {
    open = prompts;
  });
  const errors: string[] = [];
  const encrypted = new Set<string>();
  let facts = nothingKnown;
  const logged = {
    status: () => {},
    command: () => {},
    reply: () => {},
    listing: () => {},
    error: (text: string) => errors.push(text),
  };
  const openSession = createSessionOpener({
    openSession: (options, signal) => {
      asked.push(options);
      return server.openSession(options, signal);
    },
    sites: {
      get: (id) => ({
        ...defaultSiteSettings,
        id,
        origin: "saved",
        folderId: null,
        position: 0,
        hasPassword: storedPassword !== null,
        hasAccount: false,
        lastConnectedMs: null,
        host: "host",
        user: "anna",
        ...site,
      }),
      password: async () => storedPassword,
      account: async () => storedAccount,
      noteConnected: () => {},
    },
    passwords,
    accounts,
    ensureDemo: async () => ({ port: 4_711, user: "demo", password: "thrown away" }),
    trust: async () => true,
    ask: board.ask,
    encryptedHosts: {
      has: (host, port) => encrypted.has(`${host}:${port}`),
      note: (host, port) => encrypted.add(`${host}:${port}`),
    },
    encodingOf: () => site.encoding ?? "auto",
    readText: async (path) => `the text of ${path}`,
    settings: () => defaultSettings,
    speed: () => ({ pieceBytes: () => null, take: () => null, close: () => {} }),
    serverFacts: {
      recall: () => facts,
      note: (_, news) => {
        facts = { ...facts, ...news };
      },
    },
    proxyPassword: async () => null,
    log: { sessionLog: () => logged, hideSecret: (secret) => hidden.push(secret) },
    clock: systemClock,
  });
  return {
    server,
    passwords,
    accounts,
    asked,
    hidden,
    errors,
    open: (signal = never) => openSession("site", "transfer 1", signal),
    questions: () => open.length,
    encrypted,
    answerPlain: (proceeds: boolean) => board.answer(open[0]?.id ?? 0, { kind: "downgrade", proceeds }),
    answer: (password: string | null) => board.answer(open[0]?.id ?? 0, { kind: "password", password }),
  };
}

test("a stored password logs in without a question, and is hidden from the log", async () => {
  const { open, asked, hidden, questions } = setUp({ port: 2_121, encryption: "tls-required" }, "stored");
  await open();
  expect(asked[0]).toMatchObject({
    host: "host",
    port: 2_121,
    encryption: "tls-required",
    login: { user: "anna", password: "stored", account: null },
    timeoutMs: defaultSettings.timeoutMs,
  });
  expect([hidden, questions()]).toEqual([["stored"], 0]);
});

test("an anonymous site tells nobody's address", async () => {
  const { open, asked } = setUp({ logon: "anonymous" });
  await open();
  expect(asked[0]?.login).toEqual({ user: "anonymous", password: "anonymous@example.invalid", account: null });
});

test("a site with an account sends it, and it is hidden like the password", async () => {
  const { open, asked, hidden } = setUp({ logon: "account" }, "stored", "ledger");
  await open();
  expect([asked[0]?.login.account, hidden]).toEqual(["ledger", ["stored", "ledger"]]);
});

test.each([
  ["asks each time", "ask", "stored but not to be used"],
  ["has no password", "normal", null],
] as const)("a site that %s asks once for all its sessions, and then no more in this run", async (_, logon, stored) => {
  const { open, asked, questions, answer } = setUp({ logon }, stored);
  const both = [open(), open()];
  await settle();
  expect([questions(), asked.length]).toEqual([1, 0]);
  answer("typed");
  await Promise.all(both);
  await open();
  expect(asked.map(({ login }) => login.password)).toEqual(["typed", "typed", "typed"]);
});

test("no answer is a rejected login, and the server hears nothing", async () => {
  const { open, asked, answer } = setUp({ logon: "ask" });
  const opening = expect(open()).rejects.toMatchObject({ kind: "login-rejected" });
  await settle();
  answer(null);
  await opening;
  expect(asked).toEqual([]);
});

test("a typed password that the server rejects is asked for again at the next try", async () => {
  const { server, open, questions, answer, errors } = setUp({ logon: "ask" });
  server.refuseLogin = new AppError("login-rejected", "530 no");
  const opening = expect(open()).rejects.toMatchObject({ kind: "login-rejected" });
  await settle();
  answer("wrong");
  await opening;
  expect(errors).toEqual(["530 no"]);
  open().catch(() => {});
  await settle();
  expect(questions()).toBe(1);
});

test("a question goes away with the last session that waits for it", async () => {
  const { open, questions } = setUp({ logon: "ask" });
  const abort = new AbortController();
  const opening = expect(open(abort.signal)).rejects.toMatchObject({ kind: "cancelled" });
  await settle();
  expect(questions()).toBe(1);
  abort.abort();
  await opening;
  await settle();
  expect(questions()).toBe(0);
});

test("the demo is found at its port of this run, with the password of this run", async () => {
  const { open, asked } = setUp({ origin: "demo", port: 1, user: "old" }, "old");
  await open();
  expect(asked[0]).toMatchObject({
    host: "127.0.0.1",
    port: 4_711,
    login: { user: "demo", password: "thrown away", account: null },
  });
});

test("sessions of one host share what is known about its data connections", async () => {
  const { open, asked } = setUp({ logon: "anonymous", transferMode: "active", allowsForeignAddress: true });
  await open();
  await open();
  expect(asked[0]?.dataConnections).toMatchObject({
    mode: "active",
    fallsBackToActive: true,
    ports: null,
    externalAddress: "",
    allowsForeignAddress: true,
  });
  asked[0]?.dataConnections.memory.note("PASV");
  expect(asked[1]?.dataConnections.memory.recall()).toBe("PASV");
});

describe("a server that offers no encryption", () => {
  test("may have the password when it never had any", async () => {
    const { open, asked, questions } = setUp({}, "stored");
    await open();
    expect([await asked[0]?.allowPlain(never), questions()]).toEqual([true, 0]);
  });

  test("is asked about when it encrypted before, once for all sessions, and a yes counts until Portside ends", async () => {
    const { open, asked, questions, encrypted, answerPlain } = setUp({}, "stored");
    encrypted.add("host:21");
    await open();
    const both = [asked[0]?.allowPlain(never), asked[0]?.allowPlain(never)];
    await settle();
    expect(questions()).toBe(1);
    answerPlain(true);
    expect(await Promise.all(both)).toEqual([true, true]);
    expect([await asked[0]?.allowPlain(never), questions()]).toEqual([true, 0]);
  });

  test("is asked about again after a no", async () => {
    const { open, asked, questions, encrypted, answerPlain } = setUp({}, "stored");
    encrypted.add("host:21");
    await open();
    const refused = asked[0]?.allowPlain(never);
    await settle();
    answerPlain(false);
    expect(await refused).toBe(false);
    asked[0]?.allowPlain(never).catch(() => {});
    await settle();
    expect(questions()).toBe(1);
  });

  test("gets no secret from an anonymous site, which therefore does not ask", async () => {
    const { open, asked, encrypted } = setUp({ logon: "anonymous" });
    encrypted.add("host:21");
    await open();
    expect(await asked[0]?.allowPlain(never)).toBe(true);
  });

  test("is remembered as one that can, once it has encrypted", async () => {
    const { server, open, encrypted } = setUp({}, "stored");
    await open();
    expect([...encrypted]).toEqual([]);
    server.encrypts = true;
    await open();
    expect([...encrypted]).toEqual(["host:21"]);
  });
});

test.each([
  ["both files", { clientCertificate: "me.crt", clientKey: "me.key" }, ["me.crt", "me.key"]],
  ["the certificate's file when the key stands in it", { clientCertificate: "me.pem" }, ["me.pem", "me.pem"]],
])("a client certificate is read from %s", async (_what, files, [cert, key]) => {
  const { open, asked } = setUp({ ...files, minTlsVersion: "TLSv1.3" }, "stored");
  await open();
  expect(asked[0]?.tls).toEqual({
    minVersion: "TLSv1.3",
    client: { cert: `the text of ${cert}`, key: `the text of ${key}` },
  });
});
