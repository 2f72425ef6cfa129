import type { CommandContext, CommandTable } from "./commandTable.ts";
import { openPassiveListener } from "./passiveListener.ts";
import { Refusal, type Reply, reply } from "./reply.ts";

/** How data will travel: TYPE MODE STRU PASV EPSV REST ALLO ABOR. RFC 959 §4.1.2, RFC 2428. */
export const dataCommands: CommandTable = {
  TYPE: {
    argument: "required",
    run: ({ state }, argument) => {
      const type = argument.toUpperCase();
      if (!["A", "A N", "I", "L 8"].includes(type)) return reply(504, "Only TYPE A and TYPE I.");
      state.type = type.startsWith("A") ? "A" : "I";
      return reply(200, `Type is ${state.type}.`);
    },
  },
  MODE: {
    argument: "required",
    run: ({ state }, argument) => {
      const mode = argument.toUpperCase();
      if (mode !== "S" && mode !== "Z") return reply(504, "Only MODE S and MODE Z.");
      state.mode = mode;
      return reply(200, mode === "S" ? "Stream." : "Deflated.");
    },
  },
  STRU: {
    argument: "required",
    run: (_context, argument) => (argument.toUpperCase() === "F" ? reply(200, "File.") : reply(504, "Only STRU F.")),
  },
  PASV: { argument: "none", run: openPasv },
  EPSV: { argument: "optional", run: openEpsv },
  REST: {
    argument: "required",
    run: ({ state }, argument) => {
      const offset = Number(argument);
      if (!/^\d+$/.test(argument) || !Number.isSafeInteger(offset)) return reply(501, "REST wants a number of bytes.");
      if (state.type === "A" && offset > 0) return reply(504, "Only TYPE I can be continued.");
      if (state.mode === "Z" && offset > 0) return reply(504, "Only MODE S can be continued.");
      state.restart = offset;
      return reply(350, `The next transfer begins at ${offset}.`);
    },
  },
  ALLO: {
    argument: "required",
    run: (_context, argument) =>
      /^\d+(?: R \d+)?$/i.test(argument)
        ? reply(202, "No need to reserve room.")
        : reply(501, "ALLO wants a number of bytes."),
  },
  // A running transfer has heard of it before (demoSession) and said 426.
  ABOR: {
    argument: "none",
    run: ({ state }) => {
      closePassive(state);
      return reply(226, "Nothing runs any more.");
    },
  },
};

/** Forgets the passive port, if there is one; the next data connection needs a new one. */
export function closePassive(state: CommandContext["state"]): void {
  state.passive?.close();
  state.passive = null;
}

async function openPasv(context: CommandContext): Promise<Reply> {
  if (context.state.onlyEpsv) return reply(503, "After EPSV ALL only EPSV.");
  const address = /^(?:::ffff:)?(?<ipv4>\d+\.\d+\.\d+\.\d+)$/.exec(context.localAddress)?.groups?.ipv4;
  if (!address) return reply(425, "PASV needs IPv4; use EPSV.");
  const port = await listen(context);
  const numbers = [...address.split("."), port >> 8, port & 0xff].join(",");
  return reply(227, `Entering Passive Mode (${numbers}).`);
}

async function openEpsv(context: CommandContext, argument: string): Promise<Reply> {
  const family = context.localAddress.includes(":") ? "2" : "1";
  if (argument.toUpperCase() === "ALL") {
    context.state.onlyEpsv = true;
    return reply(200, "Only EPSV from now on.");
  }
  if (argument !== "" && !/^\d+$/.test(argument)) return reply(501, "EPSV wants nothing, a number or ALL.");
  if (argument !== "" && argument !== family) throw new Refusal(522, `Network protocol not supported, use (${family})`);
  return reply(229, `Entering Extended Passive Mode (|||${await listen(context)}|)`);
}

async function listen({ state, localAddress, peerAddress }: CommandContext): Promise<number> {
  closePassive(state);
  state.passive = await openPassiveListener(localAddress, peerAddress);
  return state.passive.port;
}
