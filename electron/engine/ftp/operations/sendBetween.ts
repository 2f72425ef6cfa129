import { AppError } from "../../../../shared/errors/appError.ts";
import { extendedPortCommand, portCommand } from "../protocol/activeCommands.ts";
import { isSafeDataPort, parsePassiveReply } from "../protocol/passive.ts";
import { parseSizeReply } from "../protocol/sizeReply.ts";
import { chooseDataAddress, isUnroutable } from "../session/dataAddress.ts";
import { ask, isRefusal, type Link, refusal } from "../session/link.ts";
import { abort } from "../session/runTransfer.ts";
import { agreeOnMode } from "../session/transferMode.ts";
import { postTransfer, type TransferReplies } from "../session/transferReplies.ts";
import { onAbort, throwIfCancelled } from "../session/waiting.ts";

/** One end of a file that goes from server to server. */
export type End = { readonly link: Link; readonly path: string };

/**
 * A file goes from one server to another without passing here (RFC 959 §5.2): one listens (PASV), the other is told to connect there
 * (PORT), one sends (RETR), the other stores (STOR). Complete when both have said 2yz and both name the same size. Rejects with
 * `unsupported-command` when neither lets the other connect, `encryption-refused` when the data would have to be encrypted,
 * `data-connection-failed` when one cannot reach the other or stands behind a proxy, `incomplete`, and what RETR and STOR reject with. Stops both ends by ABOR.
 */
export async function sendBetween(source: End, target: End, signal: AbortSignal): Promise<void> {
  throwIfCancelled(signal);
  refuseEncryption(source.link, target.link);
  refuseProxy(source.link, target.link);
  for (const { link } of [source, target]) await prepare(link, signal);
  await introduce(source.link, target.link, signal);
  const storing = postTransfer(target.link, commandAbout("STOR", target));
  const sending = postTransfer(source.link, commandAbout("RETR", source));
  await untilBothAreDone({ link: source.link, replies: sending }, { link: target.link, replies: storing }, signal);
  await compareSizes(source, target, signal);
}

/**
 * With PROT P each server would take the part of the TLS server, and their handshake could not begin. SSCN and CPSV change that, but
 * then nobody checks the certificates: neither server knows whom it should be talking to.
 */
function refuseEncryption(source: Link, target: Link): void {
  if (!source.isDataProtected && !target.isDataProtected) return;
  throw new AppError(
    "encryption-refused",
    "These servers encrypt their data, and between them nobody could check who is at the other end: copy by way of this computer",
  );
}

/** What a proxy shows of a server is the proxy's view: whether a passive address is the server's own could not be told (RFC 2577 §3). */
function refuseProxy(source: Link, target: Link): void {
  if (source.proxy === null && target.proxy === null) return;
  throw new AppError(
    "data-connection-failed",
    "Behind a proxy nobody can tell where these servers would find each other: let both sites bypass it, or copy by way of this computer",
  );
}

async function prepare(link: Link, signal: AbortSignal): Promise<void> {
  await agreeOnMode(link, false, signal);
  if (!link.learnt.isRestartPending) return;
  await ask(link, "REST 0", signal);
  link.learnt.isRestartPending = false;
}

/** One server listens and the other learns where; the other way round when the first way is refused. */
async function introduce(source: Link, target: Link, signal: AbortSignal): Promise<void> {
  const refused: AppError[] = [];
  for (const [listener, caller] of [
    [source, target],
    [target, source],
  ] as const) {
    try {
      const address = await askAddress(listener, caller, signal);
      const command = portCommand(address.host, address.port) ?? extendedPortCommand(address.host, address.port);
      const reply = await ask(caller, command, signal);
      if (!isRefusal(reply)) return;
      refused.push(refusal(caller, reply, command));
    } catch (error) {
      if (!(error instanceof AppError) || error.reply === undefined || !listener.control.isOpen) throw error;
      refused.push(error);
    }
  }
  const [first] = refused;
  throw new AppError("unsupported-command", "Neither server lets the other one connect to it", {
    reply: first?.reply,
    command: first?.command,
    cause: first,
  });
}

/** Where a server listens, as the other one can reach it, and never a third party (RFC 2577 §3). */
async function askAddress(listener: Link, caller: Link, signal: AbortSignal) {
  const reply = await ask(listener, "PASV", signal); // EPSV leaves out the address, which the other one needs
  if (isRefusal(reply)) throw refusal(listener, reply, "PASV");
  const announced = parsePassiveReply(reply);
  if (announced === null) throw new AppError("malformed-reply", "PASV: no address in the reply");
  const address = chooseDataAddress(announced.host, listener, listener.dataConnections.allowsForeignAddress);
  if ("refused" in address) throw new AppError("data-connection-failed", address.refused);
  if (!isSafeDataPort(announced.port)) {
    throw new AppError(
      "data-connection-failed",
      `The server names port ${announced.port}, which no FTP server uses for data`,
    );
  }
  if (isUnroutable(address.host) && !isUnroutable(peerOf(caller))) {
    const message = `The server at ${peerOf(caller)} cannot reach ${address.host}, which is in a network of its own`;
    throw new AppError("data-connection-failed", message);
  }
  return { host: address.host, port: announced.port };
}

function peerOf({ serverAddress, host }: Link): string {
  return serverAddress ?? host;
}

function commandAbout(verb: "STOR" | "RETR", { link, path }: End) {
  return { command: `${verb} ${link.paths.file(path)}`, path };
}

type Running = { readonly link: Link; readonly replies: TransferReplies };

/** When one end fails, or the user gives up, the other is stopped too, and both dialogues are in step again. */
async function untilBothAreDone(sending: Running, storing: Running, signal: AbortSignal): Promise<void> {
  const both = [sending, storing];
  const aborted = Promise.withResolvers<never>();
  aborted.promise.catch(() => {});
  const forgetAbort = onAbort(signal, () => aborted.reject(new AppError("cancelled", "Cancelled")));
  try {
    const finals = Promise.all(both.map(({ replies }) => replies.final));
    await Promise.race([finals, aborted.promise, ...both.map(({ replies }) => replies.refused)]);
  } catch (error) {
    await Promise.all(both.map(({ link, replies }) => (isOver(link, replies) ? null : abort(link, replies))));
    throw error;
  } finally {
    forgetAbort();
  }
}

function isOver({ control }: Link, replies: TransferReplies): boolean {
  return replies.isSettled() || !control.isOpen;
}

async function compareSizes(source: End, target: End, signal: AbortSignal): Promise<void> {
  const [sent, stored] = await Promise.all(
    [source, target].map(async ({ link, path }) =>
      parseSizeReply(await ask(link, `SIZE ${link.paths.file(path)}`, signal)),
    ),
  );
  if (sent === stored || sent == null || stored == null) return;
  throw new AppError("incomplete", `The target holds ${stored} of ${sent} bytes`, {
    path: target.link.codec.decode(target.path),
  });
}
