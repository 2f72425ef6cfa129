import { execFile } from "node:child_process";
import { mkdir, mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import * as z from "zod/mini";
import { startVsftpd } from "../../ftpd/realServers.ts";

const run = promisify(execFile);

/** Case I: a drop of very many files, and a start with the queue it leaves. */
export type QueueFigures = {
  readonly rows: number;
  /** From the drop to the first row, and to the last one. Milliseconds. */
  readonly firstRowMs: number;
  readonly allRowsMs: number;
  readonly peakMebibytes: number;
  /** From the start of the engine to the rows of a window. */
  readonly reopenMs: number;
  readonly reopenMebibytes: number;
};

const filesPerFolder = 10_000;

export async function measureQueue(rows: number): Promise<QueueFigures> {
  const scratch = await mkdtemp(join(tmpdir(), "portside-queue-"));
  const server = await startVsftpd({ logsDialogue: false });
  try {
    const source = join(scratch, "source");
    await writeEmptyFiles(source, rows);
    const { port, user, password } = server;
    const common = [join(scratch, "engine"), source, String(port), user, password, String(rows)];
    const filled = filledSchema.parse(await probe(["fill", ...common]));
    const reopened = reopenedSchema.parse(await probe(["reopen", ...common]));
    return {
      rows,
      firstRowMs: filled.firstRow,
      allRowsMs: filled.allRows,
      peakMebibytes: filled.peakMebibytes,
      reopenMs: reopened.usableMs,
      reopenMebibytes: reopened.mebibytes,
    };
  } finally {
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  }
}

const filledSchema = z.object({ firstRow: z.number(), allRows: z.number(), peakMebibytes: z.number() });
const reopenedSchema = z.object({ usableMs: z.number(), mebibytes: z.number() });

async function writeEmptyFiles(root: string, count: number): Promise<void> {
  for (let made = 0; made < count; made += filesPerFolder) {
    const folder = join(root, `folder ${String(made / filesPerFolder).padStart(4, "0")}`);
    await mkdir(folder, { recursive: true });
    for (let file = made; file < Math.min(count, made + filesPerFolder); file++) {
      await (await open(join(folder, `file ${file}.txt`), "w")).close();
    }
  }
}

async function probe(args: readonly string[]): Promise<unknown> {
  const script = resolve(import.meta.dirname, "probeQueue.ts");
  const { stdout } = await run(process.execPath, [script, ...args], { maxBuffer: 1024 ** 2 });
  return JSON.parse(stdout.trim().split("\n").at(-1) ?? "");
}
