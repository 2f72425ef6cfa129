import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { RealServer } from "../ftpd/realServers.ts";
import type { Contender, Cost, Job } from "./contender.ts";

const run = promisify(execFile);

/** curl, transfers in parallel by its own means (-Z). */
export const curl: Contender = {
  name: "curl",
  run: async (job, server) => {
    const pairs = job.shape === "file" ? [job.name] : await listPairs(job, server);
    const lines = pairs.flatMap((path) => {
      const url = `url = "ftp://${server.host}:${server.port}${escapeUrl(`${job.remoteFolder}/${path}`)}"`;
      const local = join(job.localFolder, path);
      return job.direction === "download"
        ? [url, `output = "${local}"`, "create-dirs"]
        : [url, `upload-file = "${local}"`, "ftp-create-dirs", "next"];
    });
    const login = `user = "${server.user}:${server.password}"`;
    // "next" begins a new set of options, which needs the login again.
    const config = lines.flatMap((line) => (line === "next" ? ["next", login, "silent", "show-error"] : [line]));
    const tidy = config.at(-4) === "next" ? config.slice(0, -4) : config;
    return withFile([login, "silent", "show-error", ...tidy].join("\n"), (path) =>
      measure(["curl", "--disable", "--parallel", "--parallel-max", String(job.parallel), "--config", path]),
    );
  },
};

/** lftp's own way with a large file from far away: four connections. */
export const pget: Contender = {
  name: "lftp",
  run: (job, server) =>
    runLftp(server, `pget -n 4 "${job.remoteFolder}/${job.name}" -o "${join(job.localFolder, job.name)}"`),
};

/** lftp: get and put for one file, mirror for a folder. */
export const lftp: Contender = {
  name: "lftp",
  run: (job, server) => {
    const remote = `${job.remoteFolder}/${job.name}`;
    const local = join(job.localFolder, job.name);
    const work =
      job.shape === "file"
        ? job.direction === "download"
          ? `get "${remote}" -o "${local}"`
          : `put "${local}" -o "${remote}"`
        : job.direction === "download"
          ? `mirror --parallel=${job.parallel} "${remote}" "${local}"`
          : `mirror --reverse --parallel=${job.parallel} "${local}" "${remote}"`;
    return runLftp(server, work);
  },
};

function runLftp(server: RealServer, work: string): Promise<Cost> {
  const script = [
    "set ftp:ssl-allow no",
    "set ftp:prefer-epsv yes",
    "set cmd:fail-exit yes",
    "set xfer:clobber yes",
    `open -u ${server.user},${server.password} ftp://${server.host}:${server.port}`,
    work,
  ].join("\n");
  return withFile(script, (path) => measure(["lftp", "--norc", "-f", path]));
}

/** Files below the job's folder, named from the folder that holds it. */
async function listPairs(job: Job, server: RealServer): Promise<string[]> {
  const folder = job.direction === "download" ? join(server.root, job.remoteFolder) : job.localFolder;
  const entries = await readdir(join(folder, job.name), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function escapeUrl(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}

async function withFile(text: string, use: (path: string) => Promise<Cost>): Promise<Cost> {
  const folder = await mkdtemp(join(tmpdir(), "portside-bench-"));
  try {
    const path = join(folder, "script");
    await writeFile(path, text);
    return await use(path);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Runs a command under bash's own clock, which counts the processor time of the command and its children. */
async function measure(command: readonly string[]): Promise<Cost> {
  const script = "TIMEFORMAT='%R %U %S'; time \"$@\"";
  const { stderr } = await run("bash", ["-c", script, "bash", ...command], {
    env: { ...process.env, LC_ALL: "C" },
    maxBuffer: 16 * 1024 * 1024,
  });
  const [wall = Number.NaN, user = Number.NaN, system = Number.NaN] = (stderr.trim().split("\n").at(-1) ?? "")
    .split(" ")
    .map(Number);
  if (Number.isNaN(wall + user + system)) throw new Error(`${command[0]} said: ${stderr}`);
  return { wallMs: wall * 1000, cpuMs: (user + system) * 1000 };
}
