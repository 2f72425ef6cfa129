import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { CommandFault } from "../ftpd/commandFaults.ts";
import type { DataFault } from "../ftpd/dataFaults.ts";
import type { ScriptedServer } from "../ftpd/scriptedServer.ts";
import { createRandom, hashTree, writeTree } from "../support/trees.ts";
import { receiveVisits } from "../support/visit.ts";

/** F-random-01: faults of every kind that may pass, on average one for three transfers. A seed repeats a run. */

const visit = receiveVisits("faults");

const filesEachWay = 60;
const faults = 40;
const maxBytes = 150_000;

test.each([1, 2, 3])("nothing is lost, doubled, spoilt or stuck (seed %i)", { timeout: 120_000 }, async (seed) => {
  const guest = await visit({ maxSessions: 5, seed: (root) => writeTree(join(root, "down"), plan(seed)) });
  const { server, engine, connection } = guest;
  await engine.call("settings.change", { timeoutMs: 1_000, maxRetries: 30, maxTransfers: 6 });
  await writeTree(join(engine.home, "up"), plan(seed + 100));
  const [above, below] = [await hashTree(join(engine.home, "up")), await hashTree(join(server.root, "down"))];
  scatter(server, createRandom(seed));

  await mkdir(join(engine.home, "to"));
  await guest.send(["up"], "/");
  await engine.call("queue.add", {
    direction: "download",
    connectionId: connection.id,
    sources: [{ path: "/down", name: "down", type: "directory", size: null, modifiedMs: null }],
    targetPath: join(engine.home, "to"),
  });
  await guest.untilAllDone(2 * filesEachWay);

  expect(await hashTree(join(server.root, "up"))).toEqual(above);
  expect(await hashTree(join(engine.home, "to/down"))).toEqual(below);
  const files = (await engine.rows("completed")).filter(({ kind }) => kind === "file");
  expect(files).toHaveLength(2 * filesEachWay);
  expect(new Set(files.map(({ direction, remotePath }) => `${direction} ${remotePath}`)).size).toBe(files.length);
  expect((await readdir(engine.home)).sort()).toEqual(["to", "up"]);
});

function plan(seed: number) {
  return { files: filesEachWay, folders: 6, minBytes: 0, maxBytes, seed };
}

function scatter(server: ScriptedServer, random: () => number): void {
  const pick = <T>(choices: readonly [T, ...T[]]): T => choices[Math.floor(random() * choices.length)] ?? choices[0];
  const somewhere = () => Math.floor(random() * maxBytes);
  for (let count = 0; count < faults; count++) {
    const skip = Math.floor(random() * 25);
    if (random() < 0.5) server.failData({ verb: pick(["RETR", "STOR", "MLSD"]), skip }, pick(dataFaults)(somewhere()));
    else
      server.failCommand(
        { verb: pick(["RETR", "STOR", "MLSD", "EPSV", "USER", "SIZE", "MFMT"]), skip },
        pick(commandFaults),
      );
  }
}

type MakeFault = (at: number) => DataFault;

const dataFaults: readonly [MakeFault, ...MakeFault[]] = [
  (at) => ({ kind: "cut", at }),
  (at) => ({ kind: "reset", at }),
  (at) => ({ kind: "lose-session", at }),
  (at) => ({ kind: "stall", at }),
  (at) => ({ kind: "slow", bytesPerSecond: 200_000 + at }),
];

const commandFaults: readonly [CommandFault, ...CommandFault[]] = [
  { kind: "drop" },
  { kind: "reset" },
  { kind: "silence" },
  { kind: "lose-final" },
  { kind: "mute-final" },
  { kind: "delay", delayMs: 50 },
  { kind: "split", bytes: 1, pauseMs: 0 },
  { kind: "answer", reply: "421 Server is shutting down, try again later." },
  { kind: "answer", reply: "425 Can't open data connection." },
];
