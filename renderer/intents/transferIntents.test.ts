import { afterEach, expect, test } from "vitest";
import type { EngineClient } from "../../shared/contract/contract.ts";
import type { Connection } from "../../shared/models/connection.ts";
import { initialConnections, useConnectionStore } from "../stores/connectionStore.ts";
import { initialUi, useUiStore } from "../stores/uiStore.ts";
import { transferIntents } from "./transferIntents.ts";

afterEach(() => {
  useConnectionStore.setState(initialConnections);
  useUiStore.setState(initialUi);
});

const connection = (id: string): Connection => {
  return { id, siteId: id, siteName: id, encoding: "auto", status: { state: "connecting" }, startPath: null };
};
const note = { path: "/staged/note", name: "note", type: "file", size: 1, modifiedMs: null } as const;

test("an upload goes to the server that was on screen when it was dropped, not to the one shown when its bytes are ready", async () => {
  const calls: unknown[] = [];
  const engine = {
    call: async (name: string, input: unknown) => {
      calls.push([name, input]);
      return { batchId: 1, added: 1 };
    },
  } as unknown as EngineClient;
  const connections = [connection("first"), connection("second")];
  useConnectionStore.setState({ connections, currentId: "first" });
  const upload = transferIntents(engine).prepareUpload("/in");
  useConnectionStore.setState({ connections, currentId: "second" });
  await upload([note]);
  expect(calls).toEqual([
    ["queue.add", { direction: "upload", connectionId: "first", sources: [note], targetPath: "/in" }],
  ]);
});

test("without a server nothing is prepared", () => {
  const engine = {} as EngineClient;
  expect(() => transferIntents(engine).prepareUpload("/in")).toThrow(
    expect.objectContaining({ kind: "invalid-input" }),
  );
});

test("a drop goes as text where the user says so, and by the settings where nothing is said", async () => {
  const calls: unknown[] = [];
  const engine = {
    call: async (_: string, input: unknown) => {
      calls.push(input);
      return { batchId: 7, added: 1 };
    },
  } as unknown as EngineClient;
  useConnectionStore.setState({ connections: [connection("c")], currentId: "c" });
  const { transfer } = transferIntents(engine);
  const where = { place: { side: "local" }, folder: "/staged", wireName: "note", permissions: null } as const;
  const entry = { ...note, ...where };
  await transfer([entry], "/in", { transferType: "ascii" });
  await transfer([entry], "/in");
  const drop = { direction: "upload", connectionId: "c", sources: [note], targetPath: "/in" };
  expect(calls).toEqual([{ ...drop, transferType: "ascii" }, drop]);
});

test("a drop that is to be planned first opens its plan", async () => {
  const calls: unknown[] = [];
  const engine = {
    call: async (_: string, input: unknown) => {
      calls.push(input);
      return { batchId: 7, added: 1 };
    },
  } as unknown as EngineClient;
  useConnectionStore.setState({ connections: [connection("c")], currentId: "c" });
  await transferIntents(engine).prepareUpload("/in", { plansFirst: true })([note]);
  expect(calls).toMatchObject([{ plansFirst: true }]);
  expect(useUiStore.getState().dialog).toEqual({ kind: "plan", batchId: 7 });
});
