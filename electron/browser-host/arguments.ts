import { parseArgs } from "node:util";

export type HostArguments = {
  /** null: the port of the last run when it is free, else any. 0: any. */
  readonly port: number | null;
  /** null: the system's place for application data. */
  readonly dataDir: string | null;
  readonly opensBrowser: boolean;
  readonly opensDemo: boolean;
};

export const usage = `Portside in your browser: an FTP client that this machine runs and only this machine can reach.

Options
  --port NUMBER     Listen on 127.0.0.1:NUMBER (default: the last one used, else any free one)
  --data-dir PATH   Keep sites, queue and settings there (default: your folder for application data)
  --no-open         Do not open a browser, only print the address
  --demo            Offer the demo server at once
  --help            Show this text
`;

/** Reads the command line. "help" when it asks for help; throws a sentence for the user when it makes no sense. */
export function readArguments(args: readonly string[]): HostArguments | "help" {
  const values = parse(args);
  if (values.help) return "help";
  return {
    port: values.port === undefined ? null : readPort(values.port),
    dataDir: values["data-dir"] ?? null,
    opensBrowser: !values["no-open"],
    opensDemo: values.demo ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    const options = {
      port: { type: "string" },
      "data-dir": { type: "string" },
      "no-open": { type: "boolean" },
      demo: { type: "boolean" },
      help: { type: "boolean", short: "h" },
    } as const;
    return parseArgs({ args: [...args], options, strict: true }).values;
  } catch (error) {
    throw new Error(`${error instanceof Error ? error.message : String(error)}\nTry --help.`, { cause: error });
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new Error(`--port wants a number from 0 to 65535, not "${text}".`);
}
