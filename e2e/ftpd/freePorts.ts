import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

export type PortRange = { readonly first: number; readonly last: number };

/** A loopback port that nobody listens on at this moment. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("The system gave no port.");
  return address.port;
}

const rangeSize = 200;
/** Below the ports that Linux hands out by itself (32768 and up), so that outgoing connections do not take them. */
const lowestFirst = 12_000;
const highestFirst = 31_000;

/** A range for passive data connections. Ranges of two servers may meet by chance; the servers then try another port of theirs. */
export function choosePassiveRange(): PortRange {
  const steps = Math.floor((highestFirst - lowestFirst) / rangeSize);
  const first = lowestFirst + randomInt(steps) * rangeSize;
  return { first, last: first + rangeSize - 1 };
}
