import { join } from "node:path";
import { type RealServer, startProftpd, startVsftpd } from "../../ftpd/realServers.ts";
import { openSlowLineApart } from "../../ftpd/slowLine.ts";
import { basicFtp } from "../contenders/basicFtp.ts";
import type { Contender, Cost, Job } from "../contenders/contender.ts";
import { curl, namesBelow } from "../contenders/curl.ts";
import { lftp, lftpAtItsBest } from "../contenders/lftp.ts";
import { portside } from "../contenders/portside.ts";
import { median } from "../report/statistics.ts";
import type { ContenderName, RaceCase } from "./raceCase.ts";
import { goods, layTracks, type Tracks } from "./tracks.ts";

export type RaceResult = Pick<RaceCase, "letter" | "title" | "target"> & {
  readonly contenders: readonly {
    readonly name: ContenderName;
    readonly runs: readonly Cost[];
    readonly medianMs: number;
    readonly medianCpuMs: number;
  }[];
};

/**
 * Runs one case `rounds` times on a server of its own, the contenders taking turns within a round, so that a slow minute of the machine
 * hits them all. Each run starts from an empty target, and its result is compared with the source: in the first round by content.
 */
export async function runRace(one: RaceCase, rounds: number, say: (line: string) => void): Promise<RaceResult> {
  const server = await startServer(one);
  const tracks = await layTracks(one.files, server);
  const line = one.line && (await openSlowLineApart(server, one.line));
  const address = { host: line?.host ?? server.host, port: server.port, user: server.user, password: server.password };
  const contenders = contendersOf(server);
  const runs = new Map<ContenderName, Cost[]>(one.contenders.map((name) => [name, []]));
  try {
    for (let round = 0; round < rounds; round++) {
      for (const name of one.contenders) {
        const cost = await runOnce(contenders[name], one, tracks, address, round === 0);
        runs.get(name)?.push(cost);
        say(`  ${name.padEnd(12)} ${(cost.wallMs / 1000).toFixed(2)} s, processor ${(cost.cpuMs / 1000).toFixed(2)} s`);
      }
    }
  } finally {
    await line?.close();
    await server.stop();
    await tracks.remove();
  }
  const { letter, title, target } = one;
  return {
    ...{ letter, title, target },
    contenders: Array.from(runs, ([name, costs]) => ({
      name,
      runs: costs,
      medianMs: median(costs.map(({ wallMs }) => wallMs)),
      medianCpuMs: median(costs.map(({ cpuMs }) => cpuMs)),
    })),
  };
}

function startServer({ server, isEncrypted }: RaceCase): Promise<RealServer> {
  const start = server === "vsftpd" ? startVsftpd : startProftpd;
  return start({ logsDialogue: false, ...(isEncrypted ? { tls: "required", tlsVersions: ["1.3"] } : {}) });
}

function contendersOf({ root }: RealServer): Record<ContenderName, Contender> {
  const listNames = ({ direction, localFolder, remoteFolder, name }: Job) =>
    namesBelow(direction === "download" ? join(root, remoteFolder) : localFolder, name);
  return {
    Portside: portside,
    lftp,
    "lftp, tuned": lftpAtItsBest,
    curl: curl(listNames),
    "basic-ftp": basicFtp,
  };
}

async function runOnce(
  contender: Contender,
  { direction, isEncrypted, files }: RaceCase,
  tracks: Tracks,
  address: Parameters<Contender["run"]>[1],
  byContent: boolean,
): Promise<Cost> {
  await tracks.clear();
  const job = { direction, isEncrypted, shape: files.shape, name: goods, parallel: null, ...tracks.folders(direction) };
  const cost = await contender.run(job, address);
  await tracks.check(direction, byContent);
  return cost;
}
