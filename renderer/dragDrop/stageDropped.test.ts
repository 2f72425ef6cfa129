import { describe, expect, test } from "vitest";
import type { EngineClient } from "../../shared/contract/contract.ts";
import { stageDropped } from "./stageDropped.ts";

function file(name: string, modifiedMs = 1_700_000_000_000): FileSystemEntry {
  const give = (take: (file: File) => void) => take(new File([`bytes of ${name}`], name, { lastModified: modifiedMs }));
  return { isFile: true, isDirectory: false, name, file: give } as unknown as FileSystemEntry;
}

function folder(name: string, children: FileSystemEntry[]): FileSystemEntry {
  const createReader = () => {
    const left = [...children];
    return { readEntries: (give: (part: FileSystemEntry[]) => void) => give(left.splice(0, 100)) };
  };
  return { isFile: false, isDirectory: true, name, createReader } as unknown as FileSystemEntry;
}

/** An engine with a staging folder, and the host's door to it. */
function createScene(answer: (path: string) => Response = () => new Response(null, { status: 204 })) {
  const received = new Map<string, { body: string; modified: string | null }>();
  const calls: string[] = [];
  let open = 0;
  let most = 0;
  const engine = {
    call: async (name: string) => {
      calls.push(name);
      return name === "staging.open"
        ? { dropId: "drop 1" }
        : { sources: [{ path: "/staged/a", name: "a", type: "directory", size: null, modifiedMs: null }] };
    },
  } as unknown as EngineClient;
  const send = (async (address: string, request: RequestInit) => {
    most = Math.max(most, ++open);
    await new Promise((resolve) => setTimeout(resolve, 1));
    open--;
    const query = new URL(address, "http://localhost").searchParams;
    const path = query.get("path") ?? "";
    const body = request.body instanceof File ? await request.body.text() : "";
    const response = answer(path);
    if (response.ok) received.set(path, { body, modified: new Headers(request.headers).get("x-modified") });
    return response;
  }) as typeof fetch;
  return { engine, send, received, calls, most: () => most };
}

const never = new AbortController().signal;

describe("stageDropped", () => {
  test("sends every file with its time, and empty folders, then gives the top of the drop", async () => {
    const scene = createScene();
    const { sources } = await stageDropped(
      [folder("a", [file("1 &.txt"), folder("empty", [])])],
      { ...scene, onProgress: () => {} },
      never,
    );
    expect([...scene.received]).toEqual([
      ["a/1 &.txt", { body: "bytes of 1 &.txt", modified: "1700000000000" }],
      ["a/empty/", { body: "", modified: null }],
    ]);
    expect(sources).toMatchObject([{ path: "/staged/a" }]);
  });

  test("sends three at a time and counts them", async () => {
    const scene = createScene();
    const counts: string[] = [];
    await stageDropped(
      Array.from({ length: 10 }, (_, index) => file(`f${index}`)),
      { ...scene, onProgress: (done, total) => counts.push(`${done}/${total}`) },
      never,
    );
    expect(scene.most()).toBe(3);
    expect(counts[0]).toBe("0/10");
    expect(counts.at(-1)).toBe("10/10");
  });

  test("a refusal ends the drop with the engine's own reason, and nothing is queued", async () => {
    const scene = createScene((path) =>
      path === "f2"
        ? Response.json({ kind: "local-full", message: "no space" }, { status: 507 })
        : new Response(null, { status: 204 }),
    );
    const staged = stageDropped([file("f1"), file("f2")], { ...scene, onProgress: () => {} }, never);
    await expect(staged).rejects.toMatchObject({ kind: "local-full" });
    expect(scene.calls).toEqual(["staging.open", "staging.abandon"]);
  });

  test("what is staged but cannot be queued can still be abandoned", async () => {
    const scene = createScene();
    const { abandon } = await stageDropped([file("f1")], { ...scene, onProgress: () => {} }, never);
    await abandon();
    expect(scene.calls).toEqual(["staging.open", "staging.close", "staging.abandon"]);
  });

  test("can be cancelled on the way", async () => {
    const scene = createScene();
    const stop = new AbortController();
    const staged = stageDropped(
      Array.from({ length: 20 }, (_, index) => file(`f${index}`)),
      { ...scene, onProgress: (done) => done === 4 && stop.abort() },
      stop.signal,
    );
    // A real fetch rejects by its signal; this one is asked after each file.
    const cancelled = staged.then(
      () => "done",
      (error: { kind?: string }) => error.kind,
    );
    await expect(cancelled).resolves.toBe("cancelled");
    expect(scene.calls).toEqual(["staging.open", "staging.abandon"]);
  });
});
