import { ask, isRefusal, type Link, refusal } from "../session/link.ts";
import { isFolder } from "./workingFolder.ts";

/** MKD (RFC 959 §4.1.3). Succeeds when the folder is there already; its parent must exist. */
export async function makeFolder(link: Link, path: string, signal: AbortSignal): Promise<void> {
  const command = `MKD ${link.paths.folder(path)}`;
  const reply = await ask(link, command, signal);
  if (!isRefusal(reply)) return;
  // "550 Create directory operation failed." (vsftpd), "521 exists", "550 File exists": the codes do not tell, the folder does.
  if (reply.code >= 500 && (await isFolder(link, path, signal))) return;
  throw refusal(link, reply, command, path);
}
