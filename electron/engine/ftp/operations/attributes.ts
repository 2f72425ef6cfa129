import { AppError } from "../../../../shared/errors/appError.ts";
import { type Reply, replyText } from "../protocol/replyParser.ts";
import { formatTimestamp } from "../protocol/timestamps.ts";
import { ask, demand, isRefusal, isUnsupported, type Link, textOf } from "../session/link.ts";

/** SITE CHMOD: no RFC, but every Unix server that allows it spells it so. `mode`: permission bits. */
export async function setPermissions(link: Link, path: string, mode: number, signal: AbortSignal): Promise<void> {
  const octal = (mode & 0o7777).toString(8).padStart(3, "0");
  const command = `SITE CHMOD ${octal} ${link.paths.entry(path, path)}`;
  const reply = await demand(link, command, signal, path);
  if (isDisregarded(reply)) throw new AppError("unsupported-command", textOf(link, reply), { command });
}

/** z/OS accepts whatever SITE is told: "200-Unrecognized parameter 'CHMOD' on SITE command.", then "200 SITE command was accepted". */
function isDisregarded(reply: Reply): boolean {
  return /\bunrecogni[sz]ed parameter\b/i.test(replyText(reply));
}

type Way = "MFMT" | "MDTM" | "SITE UTIME";

/**
 * Sets the modification time: MFMT (draft-somers-ftp-mfxx) where offered, else the setting form of MDTM (vsftpd), else SITE UTIME. What
 * worked is remembered, and when nothing did that too. False when the server offers no way.
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
  return learnt.setModified === null ? features.has("MFMT") || features.has("MDTM") : learnt.setModified !== "none";
}

function waysToTry({ learnt, features }: Link): readonly Way[] {
  if (learnt.setModified === "none") return [];
  if (learnt.setModified !== null) return [learnt.setModified];
  // A server that offers MFMT means it: a refusal there is about the file.
  return features.has("MFMT") ? ["MFMT"] : ["MDTM", "SITE UTIME"];
}

function spell(way: Way, path: string, modifiedMs: number): string {
  const time = formatTimestamp(modifiedMs);
  return way === "SITE UTIME" ? `SITE UTIME ${path} ${time} ${time} ${time} UTC` : `${way} ${time} ${path}`;
}
