import { expect, test } from "vitest";
import type { LogLine } from "../../../shared/models/logLine.ts";
import { createFakeClock } from "../util/testing/fakeClock.ts";
import { createLogHub } from "./logHub.ts";

const password = "p@ss w0rd/密码";

test("a watcher gets the kept lines at once and new ones in one batch", () => {
  const clock = createFakeClock(1_000);
  const hub = createLogHub(clock);
  hub.sessionLog("browse 1").status("Connecting");
  const batches: (readonly LogLine[])[] = [];
  hub.watch((lines) => batches.push(lines));
  hub.sessionLog("browse 1").command("NOOP");
  hub.sessionLog("browse 1").reply("200 OK");
  expect(batches).toHaveLength(1);
  clock.advance(50);
  expect(batches.map((lines) => lines.map(({ kind, text }) => `${kind} ${text}`))).toEqual([
    ["status Connecting"],
    ["command NOOP", "reply 200 OK"],
  ]);
  expect(batches[0]?.[0]).toMatchObject({ id: 1, atMs: 1_000, session: "browse 1" });
});

test("a late watcher and an early one see each line once", () => {
  const clock = createFakeClock();
  const hub = createLogHub(clock);
  const early: string[] = [];
  const late: string[] = [];
  hub.watch((lines) => early.push(...lines.map((line) => line.text)));
  hub.sessionLog(null).status("one");
  hub.watch((lines) => late.push(...lines.map((line) => line.text)));
  hub.sessionLog(null).status("two");
  clock.advance(1_000);
  expect([early, late]).toEqual([
    ["one", "two"],
    ["one", "two"],
  ]);
});

test("the last 5,000 lines are kept", () => {
  const hub = createLogHub(createFakeClock());
  for (let index = 0; index < 12_345; index++) hub.sessionLog(null).status(`line ${index}`);
  let seen: readonly LogLine[] = [];
  hub.watch((lines) => {
    seen = lines;
  });
  expect([seen.length, seen[0]?.text, seen.at(-1)?.text]).toEqual([5_000, "line 7345", "line 12344"]);
});

test("no timer runs while nobody watches or nothing is said", () => {
  const clock = createFakeClock();
  const hub = createLogHub(clock);
  hub.sessionLog(null).status("unheard");
  const stop = hub.watch(() => {});
  expect(clock.timers()).toBe(0);
  hub.sessionLog(null).status("heard");
  clock.advance(50);
  stop();
  expect(clock.timers()).toBe(0);
});

test.each([
  ["plain", password],
  ["URL-encoded", encodeURIComponent(password)],
  ["URL-encoded with small letters", encodeURIComponent(password).toLowerCase()],
  ["every byte escaped", [...Buffer.from(password)].map((byte) => `%${byte.toString(16)}`).join("")],
  ["bytes as latin-1", Buffer.from(password).toString("latin1")],
  ["base64", Buffer.from(password).toString("base64")],
  ["base64 after one byte", Buffer.from(`:${password}`).toString("base64")],
  ["base64 after a user name", Buffer.from(`anna:${password}`).toString("base64")],
  ["base64url between others", Buffer.from(`bo:${password}:rest`).toString("base64url")],
  ["hexadecimal", Buffer.from(password).toString("hex")],
])("a secret is masked on entry: %s", (_, form) => {
  const hub = createLogHub(createFakeClock());
  hub.hideSecret(password);
  hub.sessionLog(null).error(`before ${form} after`);
  let text = "";
  hub.watch(([line]) => {
    text = line?.text ?? "";
  });
  expect(text).toContain("•••");
  expect(text).toMatch(/^before .* after$/s);
  const publicPart = text.replace("before ", "").replace("after", "");
  for (const readable of [publicPart, Buffer.from(publicPart, "base64").toString()]) {
    expect(longestCommonRun(readable, password)).toBeLessThan(3);
  }
});

function longestCommonRun(text: string, secret: string): number {
  for (let length = secret.length; length > 0; length--) {
    for (let start = 0; start + length <= secret.length; start++) {
      if (text.includes(secret.slice(start, start + length))) return length;
    }
  }
  return 0;
}
