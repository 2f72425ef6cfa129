import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { afterAll, beforeAll, describe, test } from "vitest";
import { checksOf } from "./checks.ts";
import { type Bench, setUp } from "./context.ts";
import { findKnown } from "./known.ts";
import { judge } from "./outcome.ts";
import { type Result, resultsPath } from "./results.ts";
import { targets } from "./targets.ts";

const patienceMs = 180_000; // nine servers share two cores with whatever else runs there

const results: Result[] = [];

afterAll(async () => {
  await mkdir(dirname(resultsPath), { recursive: true });
  await writeFile(resultsPath, JSON.stringify(results));
});

// The servers' checks run beside each other, those of one server one after the other.
describe.concurrent.each(targets)("$server, $protection", (target) => {
  const { server, protection } = target;
  let bench: Bench;
  beforeAll(async () => {
    bench = await setUp(target);
  });
  afterAll(() => bench?.stop());

  for (const check of checksOf(target)) {
    test(`${check.id}: ${check.title}`, { concurrent: false, timeout: patienceMs }, async () => {
      const error = await bench.run(check).then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      const outcome = judge(findKnown(target, check.id), error);
      results.push({ server, protection, check: check.id, outcome });
    });
  }
});
