import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          environment: "node",
          include: ["{shared,electron,renderer,build,e2e/ftpd,e2e/bench,e2e/cases}/**/*.test.ts"],
          testTimeout: 30_000, // what hangs fails; what is slow on a busy machine does not
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: "servers",
          environment: "node",
          include: ["e2e/servers/**/*.test.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          fileParallelism: false, // the servers share two cores with the tests
        },
      },
    ],
  },
});
