import { execFileSync } from "node:child_process";
import { rootPrefix } from "../../build/systemPackages.mjs";

export type Privileges = {
  /** What stands in front of a command that needs root: nothing, or sudo. */
  readonly prefix: readonly string[];
  /** Runs a command as root and waits; throws with its error output. The command must read all of `input`. */
  readonly runAsRoot: (command: readonly string[], input?: string) => string;
  /** Writes a file that belongs to root, as servers demand of their configuration. */
  readonly writeAsRoot: (path: string, text: string, mode: string) => void;
};

/** Servers that change their user must start as root. Rejects with a sentence where neither root nor sudo without a question is. */
export async function findPrivileges(): Promise<Privileges> {
  const prefix = await rootPrefix();
  if (prefix === null) {
    throw new Error("vsftpd and ProFTPD start as root: run these tests as root, or allow sudo without a password.");
  }
  const runAsRoot = (command: readonly string[], input?: string) => {
    const [program = "", ...args] = [...prefix, ...command];
    if (input === undefined)
      return execFileSync(program, args, { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    return execFileSync(program, args, { input, encoding: "utf8", stdio: ["pipe", "pipe", "pipe"] });
  };
  return {
    prefix,
    runAsRoot,
    writeAsRoot: (path, text, mode) => {
      runAsRoot(["sh", "-c", 'umask 077; cat > "$1" && chmod "$2" "$1"', "sh", path, mode], text);
    },
  };
}
