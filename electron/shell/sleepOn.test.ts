import { expect, test } from "vitest";
import { sleepOn } from "./sleepOn.ts";

test.each([
  ["darwin", "pmset sleepnow"],
  ["linux", "systemctl suspend"],
  ["win32", "rundll32.exe powrprof.dll,SetSuspendState 0,1,0"],
] as const)("%s goes to sleep by its own means", async (platform, command) => {
  const ran: string[] = [];
  const { sleep } = sleepOn(
    platform,
    (path) => path === "/run/systemd/system",
    async (program, args) => ran.push([program, ...args].join(" ")),
  );
  await sleep?.();
  expect(ran).toEqual([command]);
});

test("where there is no sure way, it is not offered", () => {
  expect(sleepOn("linux", () => false)).toEqual({});
  expect(sleepOn("freebsd", () => true)).toEqual({});
});
