import { expect, test } from "vitest";
import { readArguments } from "./arguments.ts";

const none = { port: null, dataDir: null, opensBrowser: true, opensDemo: false };

test.each([
  [[], none],
  [
    ["--port", "8021", "--data-dir", "/x", "--no-open", "--demo"],
    { port: 8021, dataDir: "/x", opensBrowser: false, opensDemo: true },
  ],
  [["--port=0"], { ...none, port: 0 }],
  [["--help"], "help"],
  [["-h", "--demo"], "help"],
])("%j", (args, expected) => {
  expect(readArguments(args)).toEqual(expected);
});

test.each([
  [["--port", "ftp"], '--port wants a number from 0 to 65535, not "ftp".'],
  [["--port", "65536"], "--port wants a number"],
  [["--port", ""], "--port wants a number"],
  [["--port"], "Try --help."],
  [["--colour"], "Try --help."],
  [["somewhere"], "Try --help."],
])("%j is refused with a sentence", (args, sentence) => {
  expect(() => readArguments(args)).toThrow(sentence);
});
