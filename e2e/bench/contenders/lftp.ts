import { join } from "node:path";
import type { Address, Contender, Job } from "./contender.ts";
import { measureScript } from "./measureCommand.ts";

const bestParallel = 8;
const segments = 4; // pget -n 4 beat -n 8 behind latency

/** lftp as it is installed: one connection unless told otherwise. */
export const lftp = lftpWith("lftp", { settings: [], parallel: 1, segments: 1 });

/** lftp as an expert sets it: eight connections, commands sent ahead, big files in four pieces. */
export const lftpAtItsBest = lftpWith("lftp, tuned", {
  settings: ["set ftp:sync-mode off"],
  parallel: bestParallel,
  segments,
});

type Habits = { readonly settings: readonly string[]; readonly parallel: number; readonly segments: number };

function lftpWith(name: string, habits: Habits): Contender {
  return {
    name,
    run: (job, server) =>
      measureScript(writeScript(job, server, habits), job, (path) => ["lftp", "--norc", "-f", path]),
  };
}

function writeScript(job: Job, server: Address, habits: Habits): string {
  return [
    ...(job.isEncrypted
      ? ["set ftp:ssl-force yes", "set ftp:ssl-protect-data yes", "set ssl:verify-certificate no"]
      : ["set ftp:ssl-allow no"]),
    "set ftp:prefer-epsv yes",
    "set cmd:fail-exit yes",
    "set xfer:clobber yes",
    ...habits.settings,
    `open -u ${server.user},${server.password} ftp://${server.host}:${server.port}`,
    work(job, habits),
    "",
  ].join("\n");
}

function work({ direction, shape, name, localFolder, remoteFolder, parallel }: Job, habits: Habits): string {
  const remote = `${remoteFolder}/${name}`;
  const local = join(localFolder, name);
  const atOnce = parallel ?? habits.parallel;
  if (shape === "folder") {
    return direction === "download"
      ? `mirror --parallel=${atOnce} "${remote}" "${local}"`
      : `mirror --reverse --parallel=${atOnce} "${local}" "${remote}"`;
  }
  if (direction === "upload") return `put "${local}" -o "${remote}"`;
  return habits.segments > 1 ? `pget -n ${habits.segments} "${remote}" -o "${local}"` : `get "${remote}" -o "${local}"`;
}
