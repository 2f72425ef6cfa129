import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PlannedFault } from "./faultPlan.ts";

type DiskFault = Extract<PlannedFault, { where: "disk" }>;

/**
 * Makes calls of node:fs below one folder fail as a disk would, for the whole process: the engine needs no seam for it. Each fault is
 * met once, after as many calls as it lets pass. Returns its undo.
 */
export async function breakDisk(folder: string, faults: readonly DiskFault[]): Promise<() => void> {
  const waiting = faults.map((fault) => ({ fault, left: fault.skip }));
  const meet = (call: DiskFault["call"], path: string): void => {
    if (!path.startsWith(folder)) return;
    const index = waiting.findIndex((one) => one.fault.call === call && one.left-- <= 0);
    const [met] = index < 0 ? [] : waiting.splice(index, 1);
    if (met) throw Object.assign(new Error(`${met.fault.code}: ${call} '${path}'`), { code: met.fault.code });
  };
  const undos = [breakPromises(meet), await breakHandles(meet)];
  syncBuiltinESMExports();
  return () => {
    for (const undo of undos) undo();
    syncBuiltinESMExports();
  };
}

type Meet = (call: DiskFault["call"], path: string) => void;

const pathOf = new WeakMap<object, string>();

function breakPromises(meet: Meet): () => void {
  const { promises } = fs;
  const { open, rename, link } = promises;
  promises.open = async (path, ...rest) => {
    meet("open", String(path));
    const handle = await open(path, ...rest);
    pathOf.set(handle, String(path));
    return handle;
  };
  promises.rename = async (from, to) => {
    meet("rename", String(to));
    await rename(from, to);
  };
  promises.link = async (from, to) => {
    meet("rename", String(to)); // how a download gets its name where nothing stands
    await link(from, to);
  };
  return () => Object.assign(promises, { open, rename, link });
}

async function breakHandles(meet: Meet): Promise<() => void> {
  const probePath = join(tmpdir(), `portside-probe-${process.pid}`);
  const probe = await fs.promises.open(probePath, "w");
  await probe.close();
  await fs.promises.unlink(probePath);
  const prototype = Object.getPrototypeOf(probe);
  const write: (...rest: unknown[]) => Promise<unknown> = prototype.write;
  prototype.write = function (this: object, ...rest: unknown[]) {
    try {
      meet("write", pathOf.get(this) ?? "");
    } catch (error) {
      return Promise.reject(error);
    }
    return write.apply(this, rest);
  };
  return () => {
    prototype.write = write;
  };
}
