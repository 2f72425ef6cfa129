import type { ControlLine } from "../../electron/engine/demo/serverHooks.ts";

/** What becomes of a command instead of, or on top of, what the server would do. */
export type CommandFault =
  /** Says this and does nothing. */
  | { readonly kind: "answer"; readonly reply: string }
  /** Does its work and says this in the end. */
  | { readonly kind: "replace-final"; readonly reply: string }
  /** Does its work, and closes in place of its last word. */
  | { readonly kind: "lose-final" }
  /** Does its work, and never says how it ended. */
  | { readonly kind: "mute-final" }
  /** Does its work without the 1yz before it. */
  | { readonly kind: "mute-first" }
  /** Does its work, `delayMs` late. */
  | { readonly kind: "delay"; readonly delayMs: number }
  /** Does its work and sends each reply in pieces of `bytes`, `pauseMs` apart. */
  | { readonly kind: "split"; readonly bytes: number; readonly pauseMs: number }
  /** Does nothing and never answers. */
  | { readonly kind: "silence" }
  /** Sends these bytes as they are. */
  | { readonly kind: "garbage"; readonly bytes: string | Buffer }
  /** Does nothing and closes, politely or with a reset. */
  | { readonly kind: "drop" }
  | { readonly kind: "reset" };

/** Whom a fault meets: the first `times` (default 1) that fit, after letting `skip` (default 0) pass. */
export type Aim = {
  /** "RETR"; "*" for every command, "greeting" for the server's first words. */
  readonly verb: string;
  /** What the argument (of a command) or path (of data) must match. */
  readonly name?: RegExp;
  readonly times?: number;
  readonly skip?: number;
};

/** What happens before the server does its work: "answered" when it shall not do it. */
export async function meetFault(fault: CommandFault, control: ControlLine): Promise<"run" | "answered"> {
  switch (fault.kind) {
    case "answer":
      await control.write(`${fault.reply}\r\n`);
      if (fault.reply.startsWith("421")) control.end();
      return "answered";
    case "garbage":
      await control.write(fault.bytes);
      return "answered";
    case "silence":
      return "answered";
    case "drop":
      control.end();
      return "answered";
    case "reset":
      control.reset();
      return "answered";
    case "delay":
      await pause(fault.delayMs);
      return "run";
    case "replace-final":
    case "lose-final":
    case "mute-final":
    case "mute-first":
    case "split":
      return "run";
  }
}

/** Sends a reply as the fault of its command wants it. */
export async function writeFaulty(
  reply: string,
  fault: CommandFault | undefined | null,
  control: ControlLine,
): Promise<void> {
  const isFinal = !reply.startsWith("1");
  if (isFinal && fault?.kind === "mute-final") return;
  if (!isFinal && fault?.kind === "mute-first") return;
  if (isFinal && fault?.kind === "lose-final") return control.end();
  const text = fault?.kind === "replace-final" && isFinal ? fault.reply : reply;
  const bytes = Buffer.from(`${text}\r\n`, "latin1");
  if (fault?.kind !== "split") return control.write(bytes);
  for (let start = 0; start < bytes.length; start += fault.bytes) {
    await control.write(bytes.subarray(start, start + fault.bytes));
    await pause(fault.pauseMs);
  }
}

function pause(delayMs: number): Promise<void> {
  return new Promise((resolve) => void setTimeout(resolve, delayMs).unref());
}

export type Aims<Fault> = {
  readonly add: (aim: Aim, fault: Fault) => () => void;
  /** The fault for this one, counted as used. */
  readonly take: (verb: string, name: string) => Fault | null;
};

export function createAims<Fault>(): Aims<Fault> {
  const aims = new Set<{ readonly aim: Aim; readonly fault: Fault; skip: number; left: number }>();
  return {
    add: (aim, fault) => {
      const one = { aim, fault, skip: aim.skip ?? 0, left: aim.times ?? 1 };
      aims.add(one);
      return () => void aims.delete(one);
    },
    take: (verb, name) => {
      for (const one of aims) {
        const isMeant = one.aim.verb === verb || (one.aim.verb === "*" && verb !== "greeting");
        if (!isMeant || one.left === 0 || !(one.aim.name?.test(name) ?? true)) continue;
        if (one.skip > 0) {
          one.skip -= 1;
          continue;
        }
        one.left -= 1;
        return one.fault;
      }
      return null;
    },
  };
}
