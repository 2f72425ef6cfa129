import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, posix } from "node:path";
import { ensureSystemPackages, filezillaPackages } from "../../../../build/systemPackages.mjs";
import type { Contender, Job } from "../contender.ts";
import { openDisplay } from "./display.ts";
import { writeProfile } from "./profile.ts";
import { type RunningFilezilla, startFilezilla } from "./program.ts";
import type { FilezillaQueue, QueuedFile } from "./queueFile.ts";

export const atOnceAsInstalled = 2;

/**
 * FileZilla itself, with its window on a screen that nobody sees. Every file is in its queue when the clock starts, which is a head
 * start over clients that look for them first; the clock runs until FileZilla says that its queue is finished.
 */
export function filezilla(
  listNames: (job: Job) => Promise<readonly string[]>,
  { atOnce }: { readonly atOnce: number } = { atOnce: atOnceAsInstalled },
): Contender {
  return {
    name: atOnce === atOnceAsInstalled ? "FileZilla" : `FileZilla, ${atOnce} transfers`,
    run: async (job, server) => {
      const paths = job.shape === "file" ? [job.name] : await listNames(job);
      const { direction, isEncrypted } = job;
      const queue = { direction, isEncrypted, server, files: paths.map((path) => placeFile(job, path)) };
      return openWithQueue(queue, atOnce, ({ processQueue }) => processQueue(job.patienceMs));
    },
  };
}

/** Tried once: where it cannot be installed, every race would wait for the same answer. */
let installed: Promise<void> | undefined;

/** Starts FileZilla with a queue of ours, and ends it with all that belongs to it. Rejects with a reason where it cannot be had. */
export async function openWithQueue<Result>(
  queue: FilezillaQueue,
  atOnce: number,
  use: (filezilla: RunningFilezilla) => Promise<Result>,
): Promise<Result> {
  installed ??= ensureSystemPackages(filezillaPackages);
  await installed;
  const home = await mkdtemp(join(tmpdir(), "portside-filezilla-"));
  try {
    const profile = await writeProfile(home, queue, atOnce);
    const display = await openDisplay();
    try {
      const running = await startFilezilla(profile, display);
      try {
        return await use(running);
      } finally {
        await running.close();
      }
    } finally {
      await display.close();
    }
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

function placeFile({ localFolder, remoteFolder }: Job, path: string): QueuedFile {
  return {
    name: posix.basename(path),
    localFolder: dirname(join(localFolder, path)),
    remoteFolder: posix.dirname(posix.join(remoteFolder, path)),
  };
}
