import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "vitest";
import type { ScriptedServerOptions } from "../ftpd/scriptedServer.ts";
import type { Visit, VisitOptions } from "../support/visit.ts";

export const name = "cargo.bin";
export const cargo = Buffer.alloc(1_500_000, Buffer.from(Array.from({ length: 251 }, (_, at) => at)));

export type Direction = "download" | "upload";
export const directions = ["download", "upload"] as const;
export const verbOf = { download: "RETR", upload: "STOR" } as const;

/** A transfer that is about to begin: the file lies where it comes from, and nothing at its target. */
export async function beginCargo(
  visit: (options: VisitOptions) => Promise<Visit>,
  direction: Direction,
  options: ScriptedServerOptions = {},
) {
  const guest = await visit(options);
  const { engine, server } = guest;
  const [from, to] = direction === "download" ? [server.root, engine.home] : [engine.home, server.root];
  await writeFile(join(from, name), cargo);
  const start = () => (direction === "download" ? guest.fetch(`/${name}`, cargo.length) : guest.send([name], "/"));
  /** One row, done; one file, whole; nothing else left behind. */
  const untilWhole = async () => {
    await guest.untilAllDone(1);
    expect(await engine.rows("completed")).toHaveLength(1);
    expect(await readdir(to)).toEqual([name]);
    expect(cargo.equals(await readFile(join(to, name)))).toBe(true);
  };
  return { ...guest, to, start, untilWhole };
}

/** Transfers that moved the file, each counted once: how often it was asked for, and how many bytes went through. */
export function moves({ server }: Pick<Visit, "server">, direction: Direction) {
  const of = server
    .transfers()
    .filter(({ verb }) => verb === verbOf[direction] || (verb === "APPE" && direction === "upload"));
  return { count: of.length, bytes: of.reduce((sum, { bytes }) => sum + bytes, 0) };
}
