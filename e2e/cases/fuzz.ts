import { fuzzParser, fuzzTargets } from "./fuzzParsers.ts";

/** `npm run fuzz [-- INPUTS [SEED]]`: a million inputs per parser unless told otherwise. Exit code 1 when a promise is broken. */
const [inputs = "1000000", seed = "3659"] = process.argv.slice(2);

for (const target of fuzzTargets) {
  const result = fuzzParser(target, { inputs: Number(inputs), seed: Number(seed) });
  const { parser, broken, slowestMs } = result;
  process.stdout.write(
    `${parser}: ${result.inputs} inputs, ${broken.length} broken, slowest ${slowestMs.toFixed(1)} ms\n`,
  );
  for (const { input, why } of broken) process.stdout.write(`  ${JSON.stringify(input)}: ${why}\n`);
  if (broken.length > 0) process.exitCode = 1;
}
