import { expect, test } from "vitest";
import { collectTurnCommits } from "./turnCommits.ts";

/** Collects with a clock that stands still until `ring`; tells what each commit held. */
function collect(running: number) {
  const commits: string[][] = [];
  let timer: (() => void) | null = null;
  let now: string[] = [];
  const turns = collectTurnCommits({
    commit: (changes) => {
      now = [];
      changes();
      commits.push(now);
    },
    running: () => running,
    clock: {
      setTimer: (_, callback) => {
        timer = callback;
        return () => {
          timer = null;
        };
      },
    },
  });
  const add = (name: string) => turns.add(() => now.push(name));
  return { commits, add, isWaiting: () => timer !== null, ring: () => timer?.() };
}

async function someTurns(): Promise<void> {
  for (let count = 0; count < 4; count++) await new Promise(setImmediate);
}

test("what happens side by side is one commit", async () => {
  const { commits, add } = collect(2);
  await Promise.all([add("a"), add("b")]);
  await add("c");
  expect(commits).toEqual([["a", "b"], ["c"]]);
});

test("where many run, one that ends waits for a few others", async () => {
  const { commits, add } = collect(12);
  const first = add("a");
  await someTurns();
  expect(commits).toEqual([]);
  await Promise.all([first, add("b"), add("c")]);
  expect(commits).toEqual([["a", "b", "c"]]);
});

test("it waits for a moment only", async () => {
  const { commits, add, isWaiting, ring } = collect(12);
  const first = add("a");
  await someTurns();
  expect(isWaiting()).toBe(true);
  ring();
  await first;
  expect(commits).toEqual([["a"]]);
  expect(isWaiting()).toBe(false);
});

test("a commit that fails fails for all who were in it, and the next one is another", async () => {
  let isFull = true;
  const turns = collectTurnCommits({
    commit: (changes) => {
      if (isFull) throw new Error("the disk is full");
      changes();
    },
    running: () => 1,
    clock: { setTimer: () => () => {} },
  });
  const both = await Promise.allSettled([turns.add(() => 1), turns.add(() => 2)]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  isFull = false;
  expect(await turns.add(() => 3)).toBe(3);
});
