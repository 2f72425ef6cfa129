/**
 * A command that ends when its standard input does: a test run that was killed cannot stop what it has started. Told to end, the shell
 * around it stays until the command has, so that a server's port is free when the shell is gone.
 */
export function guarded(command: readonly string[]): readonly string[] {
  return ["sh", "-c", guard, "sh", ...command];
}

const guard = [
  "trap : TERM",
  "exec 3<&0",
  '"$@" 3<&- & child=$!',
  '{ cat <&3 >/dev/null; kill "$child" 2>/dev/null; } &',
  'wait "$child" || wait "$child"',
].join("\n");
