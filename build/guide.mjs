// Takes the pictures of docs/guide again: npm run guide. An ordinary test run takes the same pictures into test-results.
import { spawnSync } from "node:child_process";

const env = { ...process.env, PORTSIDE_PICTURES: "docs/guide" };
const run = (command, args) =>
  spawnSync(command, args, { stdio: "inherit", env, shell: process.platform === "win32" }).status ?? 1;

process.exitCode = run("node", ["build/build.mjs"]) || run("playwright", ["test", "--project=browser", "pictures"]);
