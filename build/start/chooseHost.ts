export type Wish = "desktop" | "browser" | null;

export type Surroundings = {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly isRoot: boolean;
  /** `--no-sandbox` was given: a decision that Portside never takes by itself. */
  readonly waivesSandbox: boolean;
};

/** What happens where the desktop window cannot be. */
export type Fallback =
  | { readonly host: "browser"; readonly insteadBecause: string | null }
  | { readonly host: "none"; readonly because: string };

export type Choice = { readonly host: "desktop" } | Fallback;

/**
 * Which host to start, as far as the machine itself decides it; whether Electron's program is there is looked at afterwards.
 * A wish for the desktop is never turned into something else: it is granted or refused with the reason.
 */
export function chooseHost(wish: Wish, surroundings: Surroundings): Choice {
  if (wish === "browser") return { host: "browser", insteadBecause: null };
  const obstacle = findObstacle(surroundings);
  return obstacle === null ? { host: "desktop" } : yieldTo(wish, obstacle);
}

/** What to start when the desktop cannot be. */
export function yieldTo(wish: Wish, obstacle: string): Fallback {
  return wish === "desktop" ? { host: "none", because: obstacle } : { host: "browser", insteadBecause: obstacle };
}

function findObstacle({ platform, environment, isRoot, waivesSandbox }: Surroundings): string | null {
  if (platform !== "linux") return null;
  if (!environment.DISPLAY && !environment.WAYLAND_DISPLAY)
    return "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)";
  if (isRoot && !waivesSandbox) return "Electron's sandbox does not work for root";
  return null;
}
