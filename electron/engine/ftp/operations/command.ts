import { AppError } from "../../../../shared/errors/appError.ts";
import {
  type ConsoleAnswer,
  judgeCommand,
  type RefusalReason,
  splitCommand,
} from "../../../../shared/models/consoleCommand.ts";
import { readOfferedCommands } from "../protocol/offeredCommands.ts";
import { type Reply, replyText } from "../protocol/replyParser.ts";
import { ask, type Link } from "../session/link.ts";
import { byteReceiver } from "../session/receiveBytes.ts";
import { type OpenedData, runTransfer } from "../session/runTransfer.ts";
import { agreeOnMode } from "../session/transferMode.ts";

const maxDataBytes = 1024 * 1024; // what a person may want to read; the rest is let pass
const maxLoggedLines = 1000; // a longer listing would push the conversation out of the log

/**
 * A command line as a user typed it. LIST, NLST and MLSD get their data connection, and what comes over it is written to the log.
 * Whatever the server answers is the result. Rejects with `invalid-input` for what would take the session out of our hands and for a
 * line that holds a second one, and with what a broken connection rejects with.
 */
export async function command(link: Link, typed: string, signal: AbortSignal): Promise<ConsoleAnswer> {
  const verdict = judgeCommand(typed);
  if (verdict.kind === "refuse") {
    throw new AppError("invalid-input", refusals[verdict.reason], { command: splitCommand(typed).verb });
  }
  const line = link.codec.encode(typed.trimStart());
  if (splitCommand(typed).verb === "MODE") await agreeOnMode(link, false, signal); // or it would change behind our back
  return verdict.kind === "list" ? await readText(link, line, signal) : await converse(link, line, signal);
}

/** What FEAT named at login, and what HELP and SITE HELP (RFC 959 §4.1.3) name. */
export async function offeredCommands(link: Link, signal: AbortSignal): Promise<readonly string[]> {
  const help = await ask(link, "HELP", signal);
  const siteHelp = await ask(link, "SITE HELP", signal);
  const offered = readOfferedCommands({ help, siteHelp, features: link.features });
  return offered.filter((line) => judgeCommand(line).kind !== "refuse");
}

const refusals: Readonly<Record<RefusalReason, string>> = {
  login: "The login belongs to the site: change it in the site manager and connect again",
  encryption: "The encryption belongs to the site: change it in the site manager and connect again",
  "clear-channel": "CCC would send everything after it readable; Portside never does that",
  "data-connection": "Portside opens data connections by itself; LIST, NLST and MLSD get one",
  transfer: "Files go through the queue: drag them between the panes",
  position: "It would count for the next transfer; the queue continues files by itself",
  representation: "Portside reads names and files in the form agreed at login, and no other",
  session: "It would end the session: use Cancel, Disconnect or Connect again",
};

async function converse(link: Link, line: string, signal: AbortSignal): Promise<ConsoleAnswer> {
  const exchange = link.control.post(line);
  const replies: Reply[] = [];
  do replies.push(await exchange.nextReply(signal));
  while ((replies.at(-1)?.code ?? 0) < 200);
  return { replies: replies.map((reply) => readable(link, reply)), data: null };
}

async function readText(link: Link, line: string, signal: AbortSignal): Promise<ConsoleAnswer> {
  const replies: Reply[] = [];
  const chunks: Buffer[] = [];
  let room = maxDataBytes;
  const receiver = byteReceiver({
    buffers: link.buffers(),
    sink: {
      write: async (bytes) => {
        const kept = Buffer.from(bytes.subarray(0, room)); // a copy: the buffers are filled again
        room -= kept.length;
        chunks.push(kept);
      },
    },
    onBytes: () => {},
    timeoutMs: link.timeoutMs,
    clock: link.clock,
    expected: null,
    tooMany: () => new AppError("malformed-listing", "The listing does not end"),
  });
  const path = splitCommand(line).argument;
  const onReply = (reply: Reply) => replies.push(reply);
  try {
    const move = ({ socket, readsDirectly }: OpenedData) => receiver.receive(socket, readsDirectly);
    await runTransfer(link, { command: line, path, offset: 0, onread: receiver.onread, move, onReply }, signal);
  } catch (error) {
    const isAnswered = (replies.at(-1)?.code ?? 0) >= 400 && link.control.isOpen;
    if (!isAnswered) throw error;
  }
  const data = link.codec.decode(Buffer.concat(chunks).toString("latin1"));
  writeToLog(link, data);
  return { replies: replies.map((reply) => readable(link, reply)), data };
}

function writeToLog(link: Link, data: string): void {
  const lines = data.split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  for (const line of lines.slice(0, maxLoggedLines)) link.log.listing(line);
  if (lines.length > maxLoggedLines) link.log.status(`${lines.length - maxLoggedLines} more lines are not shown`);
}

function readable(link: Link, reply: Reply): { code: number; text: string } {
  return { code: reply.code, text: link.codec.decode(replyText(reply)) };
}
