import { AppError } from "../../../../shared/errors/appError.ts";
import type { Reply } from "../protocol/replyParser.ts";
import { isRefusal, type Link, refusal } from "./link.ts";
import { within } from "./waiting.ts";

/** The replies to one transfer command, read as they come, whether or not anybody still waits for the transfer. */
export type TransferReplies = {
  /** The command as it may be shown. */
  readonly command: string;
  /** The server has said something, 1yz or more. Rejects with `connection-timeout`. */
  readonly begun: () => Promise<void>;
  /** The reply that ends the exchange, whatever it says. Rejects when the control connection ends. */
  readonly final: Promise<Reply>;
  readonly isSettled: () => boolean;
  /** Never resolves. Rejects with the refusal as soon as it comes, in the middle of the data too. */
  readonly refused: Promise<never>;
  /** The data has ended: resolves with the final 2yz. Rejects with the refusal, or `connection-timeout` when nothing comes. */
  readonly succeeded: () => Promise<void>;
};

const noLimitMs = 2 ** 31 - 1; // the longest a timer can run; while bytes move the data connection is watched instead

type Posted = {
  /** RETR, STOR, APPE, LIST, MLSD, NLST with its argument. */
  readonly command: string;
  readonly path: string;
  readonly onReply?: (reply: Reply) => void;
};

/** Sends a command about `path` and follows its replies to the end. */
export function postTransfer(link: Link, { command, path, onReply = () => {} }: Posted): TransferReplies {
  const { timeoutMs, clock } = link;
  const patient = new AbortController().signal; // replies are read to the end even when the transfer is given up
  const exchange = link.control.post(command);
  let isSettled = false;
  const first = exchange.nextReply(patient, noLimitMs);
  const final = first
    .then((reply) => {
      if (reply.code >= 200) return reply;
      onReply(reply);
      return exchange.finalReply(patient, noLimitMs);
    })
    .then((reply) => {
      onReply(reply);
      return reply;
    })
    .finally(() => {
      isSettled = true;
    });
  const refused = new Promise<never>((_, reject) => {
    final.then((reply) => {
      if (isRefusal(reply)) reject(refusal(link, reply, command, path));
    }, reject);
  });
  refused.catch(() => {}); // looked at by whoever still moves bytes
  const noReply = () =>
    new AppError("connection-timeout", `No reply to ${exchange.command} within ${timeoutMs / 1000} s`, {
      command: exchange.command,
    });
  return {
    command: exchange.command,
    begun: async () => {
      if ((await within(first, timeoutMs, clock)) === null) throw noReply();
    },
    final,
    isSettled: () => isSettled,
    refused,
    succeeded: async () => {
      const reply = await within(final, timeoutMs, clock);
      if (reply === null) throw noReply();
      if (isRefusal(reply)) throw refusal(link, reply, command, path);
    },
  };
}
