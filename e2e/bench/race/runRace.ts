import { join } from "node:path";
import { type RealServer, startProftpd, startVsftpd } from "../../ftpd/realServers.ts";
import { openSlowLineApart } from "../../ftpd/slowLine.ts";
import { basicFtp } from "../contenders/basicFtp.ts";
import type { Contender, Cost, Job } from "../contenders/contender.ts";
import { curl, namesBelow } from "../contenders/curl.ts";
import { filezilla } from "../contenders/filezilla/filezilla.ts";
import { lftp, lftpAtItsBest } from "../contenders/lftp.ts";
import { portside } from "../contenders/portside.ts";
import { median } from "../report/statistics.ts";
import { type ContenderName, contenderNames, type FileSet, type RaceCase } from "./raceCase.ts";
import { goods, layTracks, type Tracks } from "./tracks.ts";
import { type Withdrawal, withdraw } from "./withdraw.ts";

export type RaceResult = Pick<RaceCase, "letter" | "title" | "target" | "lead"> & {
  readonly contenders: readonly {
    readonly name: ContenderName;
    readonly runs: readonly Cost[];
    readonly medianMs: number;
    readonly medianCpuMs: number;
  }[];
  readonly withdrawn: readonly Withdrawal[];
};

/**
 * Runs one case `rounds` times on a server of its own, the contenders taking turns within a round, so that a slow minute of the machine
 * hits them all. Each run starts from an empty target, and its result is compared with the source: in the first round by content.
 * A peer that fails is out of this race; rejects when we do.
 */
export async function runRace(one: RaceCase, rounds: number, say: (line: string) => void): Promise<RaceResult> {
  const server = await startServer(one);
  const tracks = await layTracks(one.files, server);
  const line = one.line && (await openSlowLineApart(server, one.line));
  const { port, user, password } = server;
  const certificate = server.certificate?.cert ?? null;
  const address = { host: line?.host ?? server.host, port, user, password, certificate };
  const contenders = contendersOf(server);
  const runs = new Map<ContenderName, Cost[]>(one.contenders.map((name) => [name, []]));
  const withdrawn: Withdrawal[] = [];
  try {
    for (let round = 0; round < rounds; round++) {
      for (const [name, costs] of runs) {
        try {
          const cost = await runOnce(contenders[name], one, tracks, address, round === 0);
          costs.push(cost);
          say(`  ${name.padEnd(longestName)} ${describeCost(cost)}`);
        } catch (error) {
          if (name === "Portside") throw error;
          const withdrawal = withdraw(name, error);
          withdrawn.push(withdrawal);
          runs.delete(name);
          say(`  ${name.padEnd(longestName)} out: ${withdrawal.reason}`);
        }
      }
    }
  } finally {
    await line?.close();
    await server.stop();
    await tracks.remove();
  }
  const { letter, title, target, lead } = one;
  return {
    ...{ letter, title, target, lead, withdrawn },
    contenders: Array.from(runs, ([name, costs]) => ({
      name,
      runs: costs,
      medianMs: median(costs.map(({ wallMs }) => wallMs)),
      medianCpuMs: median(costs.map(({ cpuMs }) => cpuMs)),
    })),
  };
}

const longestName = Math.max(...contenderNames.map(({ length }) => length));

function describeCost({ wallMs, cpuMs }: Cost): string {
  return `${(wallMs / 1000).toFixed(2)} s, processor ${(cpuMs / 1000).toFixed(2)} s`;
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
    FileZilla: filezilla(listNames),
    "FileZilla, 10 transfers": filezilla(listNames, { atOnce: 10 }),
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
  const job = {
    ...{ direction, isEncrypted, shape: files.shape, name: goods, parallel: null },
    ...{ patienceMs: patienceMs(files), ...tracks.folders(direction) },
  };
  const cost = await contender.run(job, address);
  await tracks.check(direction, byContent);
  return cost;
}

function patienceMs(files: FileSet): number {
  const work = files.shape === "file" ? (files.bytes / 1024 ** 2) * 250 : files.count * 500;
  return 60_000 + work;
}
