import { join } from "node:path";
import { Client } from "basic-ftp";
import type { Contender, Job } from "./contender.ts";

/** The FTP library that most Node programs use. One connection: it knows no other way. */
export const basicFtp: Contender = {
  name: "basic-ftp",
  run: async (job, { host, port, user, password }) => {
    const client = new Client();
    const cpuBefore = process.cpuUsage();
    const began = performance.now();
    try {
      const secureOptions = { rejectUnauthorized: false, minVersion: "TLSv1.3" as const };
      await client.access({ host, port, user, password, secure: job.isEncrypted, secureOptions });
      await move(client, job);
    } finally {
      client.close();
    }
    const wallMs = performance.now() - began;
    const cpu = process.cpuUsage(cpuBefore);
    return { wallMs, cpuMs: (cpu.user + cpu.system) / 1000 };
  },
};

async function move(client: Client, { direction, shape, name, localFolder, remoteFolder }: Job): Promise<void> {
  const local = join(localFolder, name);
  const remote = `${remoteFolder}/${name}`;
  if (shape === "file") {
    if (direction === "download") await client.downloadTo(local, remote);
    else await client.uploadFrom(local, remote);
  } else if (direction === "download") await client.downloadToDir(local, remote);
  else await client.uploadFromDir(local, remote);
}
