import { fuzzParser, fuzzTargets } from "./fuzzParsers.ts";
import { measureLongLines } from "./longLines.ts";

/**
 * `npm run fuzz [-- INPUTS [SEED]]`: a million inputs per parser unless told otherwise, then lines of 64 KiB, which take less than 50 ms, and less
 * than three times as long as half of them. Exit code 1 when a promise is broken.
 */
const [inputs = "1000000", seed = "3659"] = process.argv.slice(2);

for (const target of fuzzTargets) {
  const result = fuzzParser(target, { inputs: Number(inputs), seed: Number(seed) });
  const { parser, broken, slowestMs } = result;
  process.stdout.write(
    `${parser}: ${result.inputs} inputs, ${broken.length} broken, slowest ${slowestMs.toFixed(1)} ms\n`,
  );
  for (const { input, why } of broken) process.stdout.write(`  ${JSON.stringify(input)}: ${why}\n`);
  const { slowest, steepest } = measureLongLines(target);
  process.stdout.write(
    `  64 KiB: ${slowest.tookMs.toFixed(1)} ms (${JSON.stringify(slowest.shape)}), growth ${steepest.growth.toFixed(1)} (${JSON.stringify(steepest.shape)})\n`,
  );
  if (broken.length > 0 || slowest.tookMs > 50 || steepest.growth > 3) process.exitCode = 1;
}
