import { expect, test } from "vitest";
import { createMemoryServer, plainOptions } from "../sessions/testing/memorySession.ts";
import { createFakeClock } from "../util/testing/fakeClock.ts";
import { linkTo } from "./linkTo.ts";

const never = new AbortController().signal;

test("a link is made beside what it leads to, never over something else, never elsewhere", async () => {
  const server = createMemoryServer();
  server.addFolder("/pub");
  server.addFile("/pub/plan");
  const session = await server.openSession(plainOptions("browse 1", createFakeClock()), never);
  expect(await linkTo(session, "/pub/plan", "latest", never)).toBe("latest");
  expect(server.nodes.get("/pub/latest")?.type).toBe("symlink");
  await expect(linkTo(session, "/pub/plan", "latest", never)).rejects.toMatchObject({ kind: "already-exists" });
  await expect(linkTo(session, "/pub/plan", "../out", never)).rejects.toMatchObject({ kind: "invalid-input" });
});
