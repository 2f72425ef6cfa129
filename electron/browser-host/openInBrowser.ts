import { spawn } from "node:child_process";

/**
 * Shows an address in the user's browser; false where there is nobody to look (no display) or no program for it. The address stands
 * in the process list for a moment: its token is good once, so whoever were faster would be noticed.
 */
export function openInBrowser(
  address: string,
  platform: NodeJS.Platform,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  const [command, ...args] = openCommand(platform);
  const hasDisplay = platform !== "linux" || Boolean(environment.DISPLAY || environment.WAYLAND_DISPLAY);
  if (!hasDisplay || command === undefined) return Promise.resolve(false);
  return new Promise((resolve) => {
    const child = spawn(command, [...args, address], { stdio: "ignore", detached: true });
    child.on("error", () => resolve(false));
    child.on("spawn", () => resolve(true));
    child.unref();
  });
}

function openCommand(platform: NodeJS.Platform): readonly string[] {
  if (platform === "darwin") return ["open"];
  // rundll32 rather than `start`: no shell reads the address.
  if (platform === "win32") return ["rundll32", "url.dll,FileProtocolHandler"];
  return ["xdg-open"];
}
