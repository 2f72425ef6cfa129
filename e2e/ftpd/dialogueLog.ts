/** A command as the server read it: "RETR", "some name.txt". Passwords are masked by the servers themselves. */
export type SeenCommand = { readonly verb: string; readonly argument: string };

/** A transfer as the server counted it. */
export type SeenTransfer = {
  readonly direction: "upload" | "download";
  readonly path: string;
  /** Bytes moved in this connection, not counting what a REST skipped. */
  readonly bytes: number;
  readonly isComplete: boolean;
};

/** Reads one kind of server's own log. */
export type LogReader = {
  readonly readCommands: (log: string) => readonly SeenCommand[];
  readonly readTransfers: (log: string) => readonly SeenTransfer[];
};

/** "RETR some name.txt" → verb and argument. */
export function splitCommand(line: string): SeenCommand {
  const space = line.indexOf(" ");
  const verb = space < 0 ? line : line.slice(0, space);
  return { verb: verb.toUpperCase(), argument: space < 0 ? "" : line.slice(space + 1) };
}
