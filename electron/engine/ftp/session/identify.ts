import { isIPv6 } from "node:net";
import { domainToASCII } from "node:url";
import { AppError } from "../../../../shared/errors/appError.ts";
import { judgeCommand, splitCommand } from "../../../../shared/models/consoleCommand.ts";
import type { SessionLog } from "../../ports.ts";
import { type Reply, replyText } from "../protocol/replyParser.ts";
import type { TextCodec } from "../text/codec.ts";
import { errorFromReply, verbOf } from "./classifyError.ts";
import type { ControlConnection } from "./controlConnection.ts";
import type { LoginLine } from "./loginLines.ts";
import type { Say } from "./saidAtOnce.ts";

type Channel = { readonly control: ControlConnection; readonly codec: TextCodec };

/**
 * HOST (RFC 7151): names the site before anybody logs in to it. A server that does not know the command has one site, and goes on with
 * that; one that does not know the name (504) rejects with `host-not-found`.
 */
export async function nameHost(
  { control, codec, log }: Channel & { readonly log: SessionLog },
  host: string,
  signal: AbortSignal,
): Promise<void> {
  const command = `HOST ${isIPv6(host) ? `[${host}]` : domainToASCII(host) || host}`; // §3.1: brackets, and names as DNS has them
  const reply = await control.post(command).finalReply(signal);
  if (reply.code < 400) return;
  if (reply.code === 500 || reply.code === 502) {
    log.status("The server does not know HOST; going on without it");
    return;
  }
  const error = errorFromReply(reply, { command, phase: "login", codec });
  if (reply.code !== 504) throw error;
  throw new AppError("host-not-found", `The server has no site named ${host}`, { reply: error.reply, command });
}

/**
 * Says the lines of a login, PASS and ACCT only as far as they are asked for (RFC 959 §5.4, figure). Rejects with the kind of the
 * refusal, `account-required` where the server asks for what is not known, and `proxy-login-rejected` for an FTP proxy's own refusal.
 */
export async function identify(
  { codec, say }: Pick<Channel, "codec"> & { readonly say: Say },
  lines: readonly LoginLine[],
  signal: AbortSignal,
): Promise<void> {
  let reply: Reply | null = null;
  for (const { line, shown, isOurs } of lines) {
    if (!isAskedFor(verbOf(line), reply)) continue;
    reply = await say({ line: codec.encode(line), shown: codec.encode(shown) }).finalReply(signal);
    if (reply.code < 400) continue;
    const error = errorFromReply(reply, { command: codec.encode(shown), phase: "login", codec });
    throw isOurs || error.kind !== "login-rejected"
      ? error
      : new AppError("proxy-login-rejected", error.message, error);
  }
  const code = reply?.code ?? 0;
  if (code >= 200 && code < 300) return;
  if (code === 332 && reply !== null) {
    const text = codec.decode(replyText(reply));
    throw new AppError("account-required", "The server asks for an account", { reply: { code, text } });
  }
  throw new AppError("unexpected-reply", `Unexpected reply ${code} to the login`);
}

function isAskedFor(verb: string, reply: Reply | null): boolean {
  if (reply === null) return true;
  if (verb === "ACCT") return reply.code === 332;
  return verb !== "PASS" || (reply.code >= 300 && reply.code !== 332);
}

/** The site's own commands. What they are answered is in the log; what would take the session out of our hands is not sent. */
export async function runLoginCommands(
  { control, codec, log }: Channel & { readonly log: SessionLog },
  commands: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (const command of commands) {
    const { kind } = judgeCommand(command);
    if (kind === "run" || kind === "confirm") await control.post(codec.encode(command.trimStart())).finalReply(signal);
    else log.error(`${splitCommand(command).verb} cannot be a command after the login; it is not sent`);
  }
}
