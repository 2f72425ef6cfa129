import { describe, expect, test } from "vitest";
import { runFaults } from "../torture/faultRun.ts";
import { runKills } from "../torture/killRun.ts";
import { runLineFaults } from "../torture/lineRun.ts";

// The short version of `npm run torture`: the same code, fewer rounds, always the same seeds.
describe("every byte is where it belongs in the end", { timeout: 240_000 }, () => {
  const quietly = () => {};

  test("when the engine is killed again and again", async () => {
    const report = await runKills({ seed: 5, kills: 8, files: 160 }, quietly);
    expect(report.kills).toBe(8);
  });

  test.each([3, 7])("when servers and disks fail, seed %i", async (seed) => {
    const report = await runFaults({ seed, faults: 60, transfers: 150 }, quietly);
    expect(report).toMatchObject({ faults: 60, leaked: 0 });
  });

  test.each([false, true])("when lines fail, encrypted: %s", async (isEncrypted) => {
    const report = await runLineFaults({ seed: 11, faults: 15, transfers: 150, isEncrypted }, quietly);
    expect(report.faults).toBeGreaterThanOrEqual(15);
    expect(report.leaked).toBe(0);
  });
});
