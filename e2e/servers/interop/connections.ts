import assert from "node:assert/strict";
import type { DataWay } from "../../../electron/engine/ftp/session/dataWays.ts";
import { testDataConnections } from "../../../electron/engine/ftp/testing/openTestSession.ts";
import type { DataConnectionOptions } from "../../../electron/engine/sessions/remoteSession.ts";
import { choosePassiveRange } from "../../ftpd/freePorts.ts";
import type { Check, CheckContext } from "./check.ts";
import { exercise } from "./words.ts";

export const connectionChecks: readonly Check[] = [
  way("EPSV", "passive", "goes to the port it names, extended"),
  way("PASV", "passive", "goes to the port it names, of old"),
  way("EPRT", "active", "comes to our port, extended"),
  way("PORT", "active", "comes to our port, of old"),
  {
    id: "data.range",
    title: "comes to a port of the range the user allows",
    run: async (context) => {
      const { first, last } = choosePassiveRange();
      const commands = await moveBy(context, { mode: "active", ports: { first, last } });
      const ports = commands.flatMap((command) => /^PORT (?:\d+,){4}(\d+),(\d+)$/.exec(command)?.slice(1) ?? []);
      const chosen = Number(ports[0]) * 256 + Number(ports[1]);
      assert.ok(chosen >= first && chosen <= last, `port ${chosen} is not in ${first}–${last}`);
    },
  },
  {
    id: "data.ipv6",
    title: "serves IPv6, passive",
    run: (context) => moveOverIPv6(context, "passive"),
  },
  {
    id: "data.ipv6-active",
    title: "serves IPv6, active",
    run: (context) => moveOverIPv6(context, "active"),
  },
];

function way(command: DataWay, mode: "active" | "passive", title: string): Check {
  return {
    id: `data.${command.toLowerCase()}`,
    title: `${title} (${command})`,
    run: async (context) => {
      const commands = await moveBy(context, { mode, memory: { recall: () => command, note: () => {} } });
      const used = commands.map((line) => line.split(" ")[0]).filter((verb) => ways.has(verb ?? ""));
      assert.deepEqual([...new Set(used)], [command]);
    },
  };
}

const ways = new Set(["EPSV", "PASV", "EPRT", "PORT"]);

/** Moves something in a session with these data connections; resolves to the commands it sent. */
async function moveBy({ open, folder }: CheckContext, options: Partial<DataConnectionOptions>): Promise<string[]> {
  const commands: string[] = [];
  const silent = () => {};
  const log = { status: silent, command: (line: string) => void commands.push(line), reply: silent, error: silent };
  const session = await open({
    dataConnections: testDataConnections(options),
    log: { ...log, listing: silent },
  });
  for (const label of ["one", "two", "three"]) await exercise(session, folder, label);
  return commands;
}

async function moveOverIPv6({ start, open }: CheckContext, mode: "active" | "passive"): Promise<void> {
  const session = await open({ dataConnections: testDataConnections({ mode }) }, await start({ host: "::1" }));
  await exercise(session, session.startFolder);
}
