import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { expect, test } from "vitest";
import { breakOff } from "./breakOff.ts";

/** Both ends of a connection over loopback. */
async function connectedPair() {
  const listener = createServer({ allowHalfOpen: true });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");
  const accepted = once(listener, "connection") as Promise<[Socket]>;
  const near = connect((listener.address() as AddressInfo).port, "127.0.0.1");
  const [far] = await accepted;
  listener.close();
  for (const socket of [near, far]) socket.on("error", () => {});
  return { near, far };
}

test("the other side sees a reset, not an end", async () => {
  const { near, far } = await connectedPair();
  const failed = once(far.resume(), "error");
  breakOff(near);
  expect((await failed)[0]).toMatchObject({ code: "ECONNRESET" });
  far.destroy();
});

test("a connection that is just answering the other side's end is closed, too", async () => {
  const { near, far } = await connectedPair();
  const closed = once(near, "close");
  near.resume().once("end", () => queueMicrotask(() => breakOff(near)));
  far.end();
  await closed;
  expect(near.destroyed).toBe(true);
  far.destroy();
});
