import { describe, expect, test } from "vitest";
import type { Connection, ConnectionStatus } from "../../shared/models/connection.ts";
import { applyConnections, applyCurrent, currentConnection, initialConnections } from "./connectionStore.ts";

const connection = (id: string, state: "connecting" | "closed" = "connecting"): Connection => ({
  id,
  siteId: `site of ${id}`,
  siteName: id,
  encoding: "auto",
  status: { state } satisfies ConnectionStatus,
  startPath: null,
});

describe("the shown connection", () => {
  test("stays while others come and go", () => {
    const shown = applyConnections(applyCurrent(initialConnections, "b"), [connection("a"), connection("b")]);
    expect(currentConnection(applyConnections(shown, [connection("b", "closed")]))?.id).toBe("b");
  });

  test("is the first living one after a reload of the window", () => {
    const state = applyConnections(initialConnections, [connection("old", "closed"), connection("living")]);
    expect(currentConnection(state)?.id).toBe("living");
  });

  test("may be chosen before its first news", () => {
    const awaited = applyCurrent(applyConnections(initialConnections, [connection("a")]), "new");
    expect(applyConnections(awaited, [connection("a")]).currentId).toBe("new");
    expect(currentConnection(applyConnections(awaited, [connection("a"), connection("new")]))?.id).toBe("new");
  });

  test("gives way to a living one when the engine no longer knows it", () => {
    const shown = applyConnections(applyCurrent(initialConnections, "a"), [connection("a"), connection("b")]);
    expect(applyConnections(shown, [connection("b")]).currentId).toBe("b");
    expect(applyConnections(shown, []).currentId).toBeNull();
  });
});
