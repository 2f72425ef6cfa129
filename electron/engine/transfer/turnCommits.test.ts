import { expect, test } from "vitest";
import { collectTurnCommits } from "./turnCommits.ts";

test("what happens side by side is one commit", async () => {
  const commits: string[][] = [];
  let now: string[] = [];
  const turns = collectTurnCommits((changes) => {
    now = [];
    changes();
    commits.push(now);
  });
  const add = (name: string) => turns.add(() => now.push(name));
  await Promise.all([add("a"), add("b")]);
  await add("c");
  expect(commits).toEqual([["a", "b"], ["c"]]);
});

test("a commit that fails fails for all who were in it, and the next one is another", async () => {
  let isFull = true;
  const turns = collectTurnCommits((changes) => {
    if (isFull) throw new Error("the disk is full");
    changes();
  });
  const both = await Promise.allSettled([turns.add(() => 1), turns.add(() => 2)]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  isFull = false;
  expect(await turns.add(() => 3)).toBe(3);
});
