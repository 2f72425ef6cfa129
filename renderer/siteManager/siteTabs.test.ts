import { expect, test } from "vitest";
import { countErrors, tabWithErrors } from "./siteTabs.ts";

test("a failed try to save stays where something is wrong, else goes to the first tab where it is", () => {
  const errors = { port: true, loginCommands: true } as const;
  expect(tabWithErrors(errors, "advanced")).toBe("advanced");
  expect(tabWithErrors(errors, "transfer")).toBe("general");
  expect(tabWithErrors({}, "transfer")).toBe("transfer");
});

test("each tab counts its own", () => {
  const errors = { port: true, host: true, sessionLimit: true } as const;
  expect([countErrors(errors, "general"), countErrors(errors, "advanced"), countErrors(errors, "transfer")]).toEqual([
    2, 0, 1,
  ]);
});
