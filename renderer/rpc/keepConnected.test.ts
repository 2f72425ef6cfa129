import { describe, expect, test, vi } from "vitest";
import type { EngineApi } from "../../shared/contract/contract.ts";
import { contract } from "../../shared/contract/contract.ts";
import { AppError } from "../../shared/errors/appError.ts";
import type { Port } from "../../shared/rpc/frame.ts";
import { createMemoryPorts } from "../../shared/rpc/memoryPort.ts";
import { serve } from "../../shared/rpc/serve.ts";
import { keepConnected, type LinkState } from "./keepConnected.ts";

/** An engine that knows the layout and the prompts only; its transports can be cut. */
function createScene() {
  const engineEnds: Port[] = [];
  const states: LinkState[] = [];
  const pauses: number[] = [];
  let refusals = 0;
  const handlers = {
    "layout.load": () => Promise.resolve({ text: "kept" }),
    "layout.save": (_input: unknown, signal: AbortSignal) =>
      new Promise((_resolve, reject) => signal.addEventListener("abort", () => reject(new Error("stopped")))),
    "prompts.watch": (_input: unknown, emit: (item: unknown) => void) => {
      emit({ prompts: [] });
      return () => {};
    },
    "log.watch": () => {
      throw new AppError("internal", "no log here");
    },
  } as unknown as EngineApi;
  const client = keepConnected({
    dial: async () => {
      if (refusals-- > 0) throw new Error("nobody there");
      const [ours, theirs] = createMemoryPorts();
      engineEnds.push(theirs);
      serve(theirs, contract, handlers);
      return ours;
    },
    wait: async (delayMs) => {
      pauses.push(delayMs);
    },
    onState: (state) => states.push(state),
  });
  return {
    client,
    states,
    pauses,
    refuse: (times: number) => {
      refusals = times;
    },
    cut: () => engineEnds.at(-1)?.close(),
    dials: () => engineEnds.length,
  };
}

describe("keepConnected", () => {
  test("a call made before the engine is reached waits for it", async () => {
    const { client } = createScene();
    await expect(client.call("layout.load", {})).resolves.toEqual({ text: "kept" });
  });

  test("a stream begins anew on the next transport", async () => {
    const scene = createScene();
    const items: unknown[] = [];
    scene.client.open("prompts.watch", {}, (item) => items.push(item));
    await vi.waitFor(() => expect(items).toHaveLength(1));
    scene.cut();
    await vi.waitFor(() => expect(items).toHaveLength(2));
    expect(scene.states).toEqual(["connecting", "connected", "lost", "connected"]);
  });

  test("a stopped stream stays stopped on the next transport", async () => {
    const scene = createScene();
    const items: unknown[] = [];
    const stop = scene.client.open("prompts.watch", {}, (item) => items.push(item));
    await vi.waitFor(() => expect(items).toHaveLength(1));
    stop();
    scene.cut();
    await vi.waitFor(() => expect(scene.dials()).toBe(2));
    await scene.client.call("layout.load", {});
    expect(items).toHaveLength(1);
  });

  test("a call under way when the transport goes is told so, not repeated", async () => {
    const scene = createScene();
    await scene.client.call("layout.load", {});
    const saved = scene.client.call("layout.save", { text: "x" });
    const outcome = expect(saved).rejects.toMatchObject({ kind: "connection-lost" });
    scene.cut();
    await outcome;
  });

  test("pauses grow while nobody answers and begin small again afterwards", async () => {
    const scene = createScene();
    await scene.client.call("layout.load", {});
    scene.refuse(7);
    scene.cut();
    await vi.waitFor(() => expect(scene.dials()).toBe(2));
    expect(scene.pauses).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000, 5000]);
  });

  test("a stream the engine refuses fails once and is not opened again", async () => {
    const scene = createScene();
    const failed = vi.fn();
    scene.client.open("log.watch", {}, () => {}, failed);
    await vi.waitFor(() => expect(failed).toHaveBeenCalledOnce());
    scene.cut();
    await vi.waitFor(() => expect(scene.dials()).toBe(2));
    await scene.client.call("layout.load", {});
    expect(failed).toHaveBeenCalledOnce();
  });

  test("a waiting call can be cancelled", async () => {
    const client = keepConnected({ dial: () => new Promise(() => {}), wait: async () => {}, onState: () => {} });
    const stop = new AbortController();
    const call = expect(client.call("layout.load", {}, stop.signal)).rejects.toMatchObject({ kind: "cancelled" });
    stop.abort();
    await call;
  });
});
