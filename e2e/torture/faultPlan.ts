import type { Aim, CommandFault } from "../ftpd/commandFaults.ts";
import type { DataFault } from "../ftpd/dataFaults.ts";

/** One thing that goes wrong. `skip`: how many that it could meet are let pass before. */
export type PlannedFault =
  | { readonly where: "command"; readonly aim: Aim; readonly fault: CommandFault }
  | { readonly where: "data"; readonly aim: Aim; readonly fault: DataFault }
  | {
      readonly where: "disk";
      readonly call: "open" | "write" | "rename";
      readonly code: "ENOSPC" | "EACCES" | "EIO" | "EBUSY" | "EMFILE";
      readonly skip: number;
    };

/** Chooses `count` faults for a batch of `transfers` each way. The same numbers, the same faults. */
export function planFaults(random: () => number, count: number, transfers: number, maxBytes: number): PlannedFault[] {
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <T>(from: readonly T[]): T => {
    const picked = from[below(from.length)];
    if (picked === undefined) throw new Error("There is nothing to pick from.");
    return picked;
  };
  const replies = refusals.map((reply) => ({ kind: "answer", reply }) as const);
  const plan = (): PlannedFault => {
    const verb = pick(["RETR", "STOR"]);
    const skip = below(transfers);
    const kind = pick(["reply", "reply", "line", "data", "data", "data", "disk", "lie"]);
    if (kind === "disk") return { where: "disk", ...pick(diskFaults), skip };
    if (kind === "data")
      return { where: "data", aim: { verb, skip }, fault: { kind: pick(dataFaults), at: 1 + below(maxBytes) } };
    if (kind === "lie") return { where: "command", ...pick(lies) };
    if (kind === "reply") return { where: "command", aim: { verb: pick([verb, "EPSV"]), skip }, fault: pick(replies) };
    return { where: "command", aim: { verb: pick([verb, verb, ...dialogue]), skip }, fault: pick(lineFaults) };
  };
  return Array.from({ length: count }, plan);
}

/** What a session says beside moving bytes; some of it once only, so that most of what aims there meets nothing. */
const dialogue = ["EPSV", "EPSV", "MLSD", "SIZE", "MFMT", "USER"];

const refusals = [
  "421 Service not available, closing control connection.",
  "425 Can't open data connection.",
  "426 Connection closed; transfer aborted.",
  "450 Requested file action not taken.",
  "451 Requested action aborted: local error in processing.",
  "452 Insufficient storage space in system.",
  "550 Permission denied.",
];

/** A size that is not the file's, and a REST that is granted and forgotten: the transfer begins at 0 all the same. */
const lies: readonly { readonly aim: Aim; readonly fault: CommandFault }[] = [
  { aim: { verb: "SIZE" }, fault: { kind: "answer", reply: "213 7" } },
  { aim: { verb: "REST" }, fault: { kind: "answer", reply: "350 Restarting as asked." } },
];

const lineFaults: readonly CommandFault[] = [
  { kind: "drop" },
  { kind: "reset" },
  { kind: "silence" },
  { kind: "split", bytes: 1, pauseMs: 1 },
  { kind: "delay", delayMs: 200 },
  { kind: "lose-final" },
  { kind: "mute-final" },
  { kind: "replace-final", reply: "451 Read error." },
  { kind: "garbage", bytes: "\x00\xff garbage\r\n" },
];

const dataFaults = ["truncate", "cut", "reset", "lose-session", "stall"] as const;

const diskFaults = [
  { call: "write", code: "ENOSPC" },
  { call: "write", code: "EIO" },
  { call: "open", code: "EACCES" },
  { call: "rename", code: "EACCES" },
] as const;

/** What stays failed until the user acts: the server or the disk has said no. Everything else must mend itself. */
export const finalKinds: readonly string[] = [
  ...["remote-full", "permission-denied", "not-found"],
  ...["local-full", "local-permission", "local-disk-failed"],
];
