import { parseArgs } from "node:util";

export type DesktopArguments = {
  /** null: the system's place for this user's application data. */
  readonly dataDir: string | null;
  readonly opensDemo: boolean;
};

/** Reads the command line. What it does not know belongs to Chromium (--ozone-platform=…) and is left to it. */
export function readDesktopArguments(args: readonly string[]): DesktopArguments {
  const options = { "data-dir": { type: "string" }, demo: { type: "boolean" } } as const;
  const { values } = parseArgs({ args: [...args], options, strict: false });
  const dataDir = values["data-dir"];
  return { dataDir: typeof dataDir === "string" ? dataDir : null, opensDemo: values.demo === true };
}
