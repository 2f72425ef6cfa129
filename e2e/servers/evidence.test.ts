import { createHash, randomBytes } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { EvidenceChoice, EvidenceLevel, ReceiptSide } from "../../shared/models/evidence.ts";
import { startProftpd, startVsftpd } from "../ftpd/realServers.ts";
import type { TestEngine } from "../support/engine.ts";
import { layTestBed } from "../support/testBed.ts";
import { receiveVisits, type VisitOptions } from "../support/visit.ts";

const bed = layTestBed("evidence");
const visit = receiveVisits("evidence");
const cargo = randomBytes(1_500_000);
const sum = createHash("sha256").update(cargo).digest("hex");
const never = new AbortController().signal;

async function receiptOf(engine: TestEngine) {
  const rows = [...(await engine.rows("completed"))];
  const { receipts } = await engine.call("receipts.read", { ids: rows.map(({ id }) => id) });
  return receipts[0];
}

describe.each<[string, EvidenceChoice, typeof startVsftpd, readonly EvidenceLevel[]]>([
  ["ProFTPD", "hash", startProftpd, ["hash"]],
  ["ProFTPD", "automatic", startProftpd, ["size", "hash"]], // too near to be asked, unless the machine is busy
  ["vsftpd", "hash", startVsftpd, ["tail"]],
  ["vsftpd", "read-back", startVsftpd, ["read-back"]],
])("%s, where the wish is %s", (_, evidence, start, levels) => {
  test("a file that goes and comes is proved, and can be looked at again", async () => {
    const server = await bed.serve(start, {});
    await writeFile(join(server.root, "there.bin"), cargo);
    server.handOver();
    const { engine, siteId } = await bed.engineWithSite(server, { evidence });
    const { id: connectionId } = await engine.connect(siteId);
    await writeFile(join(engine.home, "here.bin"), cargo);
    const fileAt = (path: string, name: string) =>
      ({ path, name, type: "file", size: cargo.length, modifiedMs: null }) as const;
    const up = [fileAt(join(engine.home, "here.bin"), "here.bin")];
    await engine.call("queue.add", { direction: "upload", connectionId, sources: up, targetPath: "/" });
    const down = [fileAt("/there.bin", "there.bin")];
    await engine.call("queue.add", { direction: "download", connectionId, sources: down, targetPath: engine.home });
    await engine.untilQueue(({ completed, failed }) => completed + failed === 2);
    expect(await engine.rows("failed")).toEqual([]);

    expect((await readFile(join(server.root, "here.bin"))).equals(cargo)).toBe(true);
    expect((await readdir(server.root)).sort()).toEqual(["here.bin", "there.bin"]);
    const rows = [...(await engine.rows("completed"))];
    expect(rows).toHaveLength(2);
    for (const row of rows) expect(levels).toContain(row.evidence);
    const { receipts } = await engine.call("receipts.read", { ids: rows.map(({ id }) => id) });
    expect(receipts.map(({ sha256 }) => sha256)).toEqual([sum, sum]);
    for (const { id } of rows) {
      for (const side of ["server", "disk"] satisfies ReceiptSide[]) {
        expect(await engine.call("receipts.verify", { id, side }, never)).toMatchObject({ result: "same" });
      }
    }
  });
});

describe.each(["download", "upload"] as const)("a lying server, %s", (direction) => {
  const verb = direction === "download" ? "RETR" : "STOR";

  async function move(
    evidence: EvidenceChoice,
    options: VisitOptions,
    spoil: (run: Awaited<ReturnType<typeof visit>>) => void,
  ) {
    const run = await visit({ ...options, site: { evidence, uploadsUnderTemporaryName: "never" } });
    const from = direction === "download" ? run.server.root : run.engine.home;
    await writeFile(join(from, "cargo.bin"), cargo);
    spoil(run);
    if (direction === "download") await run.fetch("/cargo.bin", cargo.length);
    else await run.send(["cargo.bin"], "/");
    await run.engine.untilQueue(({ completed, failed }) => completed + failed === 1);
    const to = direction === "download" ? run.engine.home : run.server.root;
    const isWhole = async () => (await readFile(join(to, "cargo.bin"))).equals(cargo);
    return { ...run, isWhole };
  }

  test("one flipped byte: read back and moved again; by size alone it is not seen, and nothing more is claimed", async () => {
    const proved = await move("read-back", {}, ({ server }) =>
      server.failData({ verb }, { kind: "flip", at: 700_000 }),
    );
    expect(await proved.isWhole()).toBe(true);
    expect((await receiptOf(proved.engine))?.level).toBe("read-back");
    const unseen = await move("size", {}, ({ server }) => server.failData({ verb }, { kind: "flip", at: 700_000 }));
    expect(await unseen.isWhole()).toBe(false);
    expect(await receiptOf(unseen.engine)).toMatchObject({ level: "size", server: null });
  });

  test("a byte that is flipped each time is a failure in the end", async () => {
    const { engine } = await move("read-back", {}, ({ server }) =>
      server.failData({ verb, times: 9 }, { kind: "flip", at: 700_000 }),
    );
    // A download is read back through the same line: spoilt in the same way, it looks the same.
    if (direction === "download") expect(await engine.rows("failed")).toEqual([]);
    else expect(await engine.rows("failed")).toMatchObject([{ errorKind: "verification-failed" }]);
  });

  test("a truncation with 226 is found by size", async () => {
    const { isWhole } = await move("size", {}, ({ server }) =>
      server.failData({ verb }, { kind: "truncate", at: 900_000 }),
    );
    expect(await isWhole()).toBe(true);
  });
});

test("an upload cut short whose SIZE is a lie is found by reading it back, and is honestly no more than size otherwise", async () => {
  const lie = `213 ${cargo.length}`;
  const send = async (evidence: EvidenceChoice) => {
    const run = await visit({ lacks: ["MLSD"], site: { evidence, uploadsUnderTemporaryName: "never" } });
    await writeFile(join(run.engine.home, "cargo.bin"), cargo);
    run.server.failData({ verb: "STOR", times: 9 }, { kind: "truncate", at: 900_000 });
    run.server.failCommand({ verb: "SIZE", skip: 1, times: 99 }, { kind: "answer", reply: lie }); // the first asks whether it is there
    await run.send(["cargo.bin"], "/");
    await run.engine.untilQueue(({ completed, failed }) => completed + failed === 1);
    return run.engine;
  };
  expect(await (await send("read-back")).rows("failed")).toMatchObject([{ errorKind: "verification-failed" }]);
  expect(await receiptOf(await send("size"))).toMatchObject({ level: "size" });
});
