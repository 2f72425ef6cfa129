import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { promisify } from "node:util";
import type { Endings } from "../engine/ports.ts";

type SleepCommand = readonly [program: string, ...args: string[]];

/** How the computer is sent to sleep; empty where there is no sure way. */
export function sleepOn(
  platform: NodeJS.Platform,
  exists: (path: string) => boolean = existsSync,
  run: (program: string, args: string[]) => Promise<unknown> = promisify(execFile),
): Pick<Endings, "sleep"> {
  const command = sleepCommandOf(platform, exists);
  if (command === null) return {};
  const [program, ...args] = command;
  return {
    sleep: async () => {
      await run(program, args);
    },
  };
}

function sleepCommandOf(platform: NodeJS.Platform, exists: (path: string) => boolean): SleepCommand | null {
  switch (platform) {
    case "darwin":
      return ["pmset", "sleepnow"];
    case "win32": // hibernates where hibernation is switched on: Windows offers programs no other way without native code
      return ["rundll32.exe", "powrprof.dll,SetSuspendState", "0,1,0"];
    case "linux":
      return exists("/run/systemd/system") ? ["systemctl", "suspend"] : null;
    default:
      return null;
  }
}
