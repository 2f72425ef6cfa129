import { AppError } from "../../../../shared/errors/appError.ts";
import type { ServerFacts } from "../../../../shared/models/serverFacts.ts";
import type { Features } from "../protocol/features.ts";
import { type Reply, replyText } from "../protocol/replyParser.ts";
import { formatTimestamp } from "../protocol/timestamps.ts";
import { ask, demand, isRefusal, isUnsupported, type Link, refusal, textOf } from "../session/link.ts";

/**
 * SITE CHMOD: no RFC, but every Unix server that allows it spells it so; where it is not known, MFF with the fact UNIX.mode
 * (draft-somers-ftp-mfxx §5), where offered. `mode`: permission bits.
 */
export async function setPermissions(link: Link, path: string, mode: number, signal: AbortSignal): Promise<void> {
  const octal = (mode & 0o7777).toString(8).padStart(3, "0");
  const command = `SITE CHMOD ${octal} ${link.paths.entry(path, path)}`;
  const reply = await ask(link, command, signal);
  if (isDisregarded(reply)) throw new AppError("unsupported-command", textOf(link, reply), { command });
  if (!isRefusal(reply)) return;
  if (!isUnsupported(reply) || !offersFact(link.features, "unix.mode")) throw refusal(link, reply, command, path);
  await demand(link, `MFF UNIX.mode=${octal.padStart(4, "0")}; ${link.paths.entry(path, path)}`, signal, path);
}

/** z/OS accepts whatever SITE is told: "200-Unrecognized parameter 'CHMOD' on SITE command.", then "200 SITE command was accepted". */
function isDisregarded(reply: Reply): boolean {
  return /\bunrecogni[sz]ed parameter\b/i.test(replyText(reply));
}

type Way = Exclude<ServerFacts["setModified"], "none" | null>;

/**
 * Sets the modification time: MFMT or MFF (draft-somers-ftp-mfxx) where offered, else the setting form of MDTM (vsftpd), else SITE UTIME in
 * its long and its short form. What worked is remembered, and when nothing did that too. False when the server offers no way.
 */
export async function setModified(link: Link, path: string, modifiedMs: number, signal: AbortSignal): Promise<boolean> {
  const { learnt } = link;
  for (const way of waysToTry(link)) {
    const reply = await ask(link, spell(way, link.paths.file(path), modifiedMs), signal);
    if (!isRefusal(reply) && !isDisregarded(reply)) {
      learnt.setModified = way;
      return true;
    }
    if (learnt.setModified === way && !isUnsupported(reply)) return false; // this file only
  }
  learnt.setModified = "none";
  return false;
}

/** True as long as there is a way that has not failed. */
export function canSetModified({ learnt, features }: Link): boolean {
  if (learnt.setModified !== null) return learnt.setModified !== "none";
  return features.has("MFMT") || offersFact(features, "modify") || features.has("MDTM");
}

function waysToTry({ learnt, features }: Link): readonly Way[] {
  if (learnt.setModified === "none") return [];
  if (learnt.setModified !== null) return [learnt.setModified];
  // A server that offers MFMT or MFF means it: a refusal there is about the file.
  if (features.has("MFMT")) return ["MFMT"];
  return offersFact(features, "modify") ? ["MFF"] : ["MDTM", "SITE UTIME", "SITE UTIME short"];
}

function spell(way: Way, path: string, modifiedMs: number): string {
  const time = formatTimestamp(modifiedMs);
  switch (way) {
    case "MFF":
      return `MFF Modify=${time}; ${path}`;
    case "SITE UTIME":
      return `SITE UTIME ${path} ${time} ${time} ${time} UTC`;
    case "SITE UTIME short": // as Pure-FTPd and others take it, without knowing any other
      return `SITE UTIME ${time} ${path}`;
    default:
      return `${way} ${time} ${path}`;
  }
}

/** "MFF Modify;UNIX.group;UNIX.mode;" in the answer to FEAT. */
function offersFact(features: Features, fact: string): boolean {
  return (features.get("MFF") ?? "").toLowerCase().split(";").includes(fact);
}
