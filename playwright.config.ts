import { defineConfig } from "@playwright/test";

// Every host that a spec starts checks its answers against the contract, too.
process.env.PORTSIDE_CHECKS_OUTPUT = "1";

const isRoot = process.getuid?.() === 0;

export default defineConfig({
  testDir: "e2e/specs",
  outputDir: "test-results/e2e",
  workers: 1, // real servers, the engine and the browser share two cores
  retries: 0, // a test that passes only when repeated has found something
  forbidOnly: process.env.CI !== undefined,
  reporter: [["list"], ["json", { outputFile: "test-results/e2e.json" }]],
  use: {
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    viewport: { width: 1280, height: 800 },
    locale: "en-US",
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
      env: { ...process.env, LC_ALL: "C.UTF-8" }, // in a C locale Chromium cannot open a dropped file with a Chinese name
      args: isRoot ? ["--no-sandbox"] : [], // Chromium's sandbox refuses to run as root
    },
  },
  projects: [
    { name: "browser", testIgnore: "**/desktop/**" },
    { name: "desktop", testMatch: "**/desktop/*.spec.ts" },
  ],
});
