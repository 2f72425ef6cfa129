import { expect, test } from "vitest";
import { createDemoLife } from "./demoLife.ts";

function setUp({ failures = 0 } = {}) {
  const journal: string[] = [];
  const passwords: string[] = [];
  const demo = createDemoLife({
    prepare: async () => {
      journal.push("prepare");
    },
    start: async (_, password) => {
      passwords.push(password);
      if (passwords.length <= failures) throw new Error("no port is free");
      journal.push("start");
      return { port: 4_711, close: async () => void journal.push("close") };
    },
  });
  return { demo, journal, passwords };
}

test("the demo starts once, however many ask at the same time, and not before", async () => {
  const { demo, journal } = setUp();
  expect(journal).toEqual([]);
  const [one, two] = await Promise.all([demo.ensure(), demo.ensure()]);
  expect([one === two, one.port, journal]).toEqual([true, 4_711, ["prepare", "start"]]);
});

test("each run has a password of its own that nobody can guess", async () => {
  const [one, two] = await Promise.all([setUp().demo.ensure(), setUp().demo.ensure()]);
  expect(one.password === two.password).toBe(false);
  expect(one.password.length).toBeGreaterThanOrEqual(20);
});

test("a start that failed may be tried again", async () => {
  const { demo } = setUp({ failures: 1 });
  await expect(demo.ensure()).rejects.toThrow("no port is free");
  expect((await demo.ensure()).port).toBe(4_711);
});

test("closing ends a server that runs, and does nothing without one", async () => {
  const [used, unused] = [setUp(), setUp()];
  await used.demo.ensure();
  await Promise.all([used.demo.close(), unused.demo.close()]);
  expect([used.journal, unused.journal]).toEqual([["prepare", "start", "close"], []]);
});
