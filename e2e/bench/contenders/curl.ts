import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Contender, Job } from "./contender.ts";
import { measureScript } from "./measureCommand.ts";

const bestParallel = 8; // more did not make it faster on two processors

/** curl, transfers in parallel by its own means (-Z). It cannot list: whoever runs it knows the names, which is a head start. */
export function curl(listNames: (job: Job) => Promise<readonly string[]>): Contender {
  return {
    name: "curl",
    run: async (job, server) => {
      const paths = job.shape === "file" ? [job.name] : await listNames(job);
      const general = [
        `user = "${server.user}:${server.password}"`,
        "silent",
        "show-error",
        ...(job.isEncrypted ? ["ssl-reqd", "insecure", "tlsv1.3"] : []),
      ];
      const base = `ftp://${server.host}:${server.port}`;
      const transfers = paths.map((path) => {
        const url = `url = "${base}${escapeUrl(`${job.remoteFolder}/${path}`)}"`;
        const local = join(job.localFolder, path);
        return job.direction === "download"
          ? [url, `output = "${local}"`, "create-dirs"]
          : [url, `upload-file = "${local}"`, "ftp-create-dirs"];
      });
      // Each upload is an operation of its own ("next"), and each operation has options of its own.
      const config =
        job.direction === "download"
          ? [...general, ...transfers.flat()]
          : transfers.flatMap((lines, index) => [...(index > 0 ? ["next"] : []), ...general, ...lines]);
      const parallel = ["--parallel", "--parallel-max", String(job.parallel ?? bestParallel)];
      return measureScript(config.join("\n"), job, (path) => ["curl", "--disable", ...parallel, "--config", path]);
    },
  };
}

/** Files below a folder's `name`, as paths from the folder. */
export async function namesBelow(folder: string, name: string): Promise<string[]> {
  const entries = await readdir(join(folder, name), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function escapeUrl(path: string): string {
  return path.split("/").map(encodeURIComponent).join("/");
}
