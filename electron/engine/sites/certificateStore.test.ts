import { expect, test } from "vitest";
import type { CertificateFacts, CertificateQuestion } from "../../../shared/models/prompt.ts";
import { openDatabase } from "../db/openDatabase.ts";
import { portsideMigrations } from "../db/portsideSchema.ts";
import { systemClock } from "../ports.ts";
import { createPromptBoard } from "../prompts/promptBoard.ts";
import type { PresentedCertificate } from "../sessions/remoteSession.ts";
import { createCertificateStore } from "./certificateStore.ts";

const never = new AbortController().signal;
const facts = (fingerprint256: string): CertificateFacts => ({
  subject: "CN=localhost",
  names: ["localhost"],
  issuer: "CN=localhost",
  validFromMs: 0,
  validToMs: 1,
  fingerprint256,
});
const selfSigned = (fingerprint: string): PresentedCertificate => ({
  host: "Host",
  port: 21,
  certificate: facts(fingerprint),
  reasons: ["self-signed"],
});
const vouched = (fingerprint: string): PresentedCertificate => ({ ...selfSigned(fingerprint), reasons: [] });

function setUp(db = openDatabase(":memory:", portsideMigrations)) {
  const board = createPromptBoard(systemClock);
  const store = createCertificateStore(db, board.ask);
  let questions: readonly { id: number; question: CertificateQuestion }[] = [];
  let asked = 0;
  board.watch((prompts) => {
    if (prompts.length > questions.length) asked++;
    questions = prompts.flatMap(({ id, question }) => (question.kind === "certificate" ? [{ id, question }] : []));
  });
  const answer = (decision: "trust-once" | "trust-always" | "reject") =>
    board.answer(questions[0]?.id ?? 0, { kind: "certificate", decision });
  return { db, store, answer, questions: () => questions, asked: () => asked };
}

test("a certificate the roots vouch for needs no question", async () => {
  const { store, asked } = setUp();
  expect([await store.decide(vouched("AA"), never), asked()]).toEqual([true, 0]);
});

test("an unknown one is asked about; trusting once lasts for this run only", async () => {
  const { db, store, answer, asked } = setUp();
  const first = store.decide(selfSigned("AA"), never);
  answer("trust-once");
  expect([await first, await store.decide(selfSigned("AA"), never), asked()]).toEqual([true, true, 1]);
  const nextRun = setUp(db);
  nextRun.store.decide(selfSigned("AA"), never).catch(() => {});
  expect(nextRun.asked()).toBe(1);
});

test("trusting always is kept, for that host and port in any letter case, and for no other port", async () => {
  const { db, store, answer } = setUp();
  const first = store.decide(selfSigned("AA"), never);
  answer("trust-always");
  expect(await first).toBe(true);
  const nextRun = setUp(db);
  expect(await nextRun.store.decide({ ...selfSigned("AA"), host: "HOST" }, never)).toBe(true);
  nextRun.store.decide({ ...selfSigned("AA"), port: 990 }, never).catch(() => {});
  expect(nextRun.asked()).toBe(1);
});

test("another certificate than the pinned one is asked about as changed, even when the roots vouch for it", async () => {
  const { store, answer, questions } = setUp();
  const first = store.decide(selfSigned("AA"), never);
  answer("trust-always");
  await first;
  const second = store.decide(vouched("BB"), never);
  expect(questions()[0]?.question).toMatchObject({ reasons: ["changed"], previous: facts("AA") });
  answer("reject");
  expect(await second).toBe(false);
  expect(await store.decide(selfSigned("AA"), never)).toBe(true);
});

test("rejecting is not remembered: the next try asks again", async () => {
  const { store, answer, asked } = setUp();
  const first = store.decide(selfSigned("AA"), never);
  answer("reject");
  expect(await first).toBe(false);
  store.decide(selfSigned("AA"), never).catch(() => {});
  expect(asked()).toBe(2);
});

test("sessions that meet the same certificate at the same time share one question", async () => {
  const { store, answer, asked, questions } = setUp();
  const decisions = [1, 2, 3].map(() => store.decide(selfSigned("AA"), never));
  expect([questions().length, asked()]).toEqual([1, 1]);
  answer("trust-once");
  expect(await Promise.all(decisions)).toEqual([true, true, true]);
});

test("one session that gives up leaves the question to the others; the last one takes it away", async () => {
  const { store, questions } = setUp();
  const [one, two] = [new AbortController(), new AbortController()];
  const first = store.decide(selfSigned("AA"), one.signal);
  const second = store.decide(selfSigned("AA"), two.signal);
  one.abort();
  await expect(first).rejects.toMatchObject({ kind: "cancelled" });
  expect(questions()).toHaveLength(1);
  two.abort();
  await expect(second).rejects.toMatchObject({ kind: "cancelled" });
  expect(questions()).toHaveLength(0);
});
