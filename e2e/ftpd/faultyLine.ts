import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import type { LineEnd } from "./slowLine.ts";

/** What becomes of one connection after `at` bytes in either direction. */
export type LineFault = { readonly kind: "cut" | "reset" | "stall" | "flip"; readonly at: number };

/** A line whose connections fail. What it carries it does not understand: TLS is as good as plain. */
export type FaultyLine = {
  readonly host: string;
  readonly port: number;
  /** How many faults have been met. */
  readonly met: () => number;
  readonly close: () => Promise<void>;
};

const lineAddress = "127.0.0.3"; // Linux answers on all of 127.0.0.0/8

/** `chooseFault` is asked once for each connection, told whether it is a control connection; null lets it live. */
export async function openFaultyLine(
  server: LineEnd,
  chooseFault: (isControl: boolean) => LineFault | null,
): Promise<FaultyLine> {
  const { first, last } = server.passive;
  const ports = [server.port, ...Array.from({ length: last - first + 1 }, (_, step) => first + step)];
  const open = new Set<Socket>();
  let met = 0;
  const listeners = await Promise.all(
    ports.map((port) =>
      listen(port, (near) => {
        const far = connect({ host: server.host, port, noDelay: true });
        for (const socket of [near, far]) {
          open.add(socket);
          socket.on("error", () => {}).once("close", () => open.delete(socket));
        }
        const fault = chooseFault(port === server.port);
        join(near, far, fault, () => {
          met += 1;
        });
      }),
    ),
  );
  return {
    host: lineAddress,
    port: server.port,
    met: () => met,
    close: async () => {
      for (const socket of open) socket.destroy();
      await Promise.all(listeners.map((listener) => new Promise((resolve) => listener.close(resolve))));
    },
  };
}

async function listen(port: number, onConnection: (socket: Socket) => void): Promise<Server> {
  const listener = createServer({ noDelay: true }, onConnection);
  listener.listen(port, lineAddress);
  await once(listener, "listening");
  return listener;
}

function join(near: Socket, far: Socket, fault: LineFault | null, onMet: () => void): void {
  let carried = 0;
  let isBroken = false;
  const carry = (from: Socket, to: Socket) => {
    from.on("data", (chunk: Buffer) => {
      if (isBroken) return;
      const before = carried;
      carried += chunk.length;
      if (fault?.kind === "flip" && before < fault.at && carried >= fault.at) {
        chunk.writeUInt8(chunk.readUInt8(fault.at - 1 - before) ^ 1, fault.at - 1 - before); // goes on as if nothing had been
        onMet();
      } else if (fault && fault.kind !== "flip" && carried >= fault.at) {
        isBroken = true;
        onMet();
        breakLine(near, far, fault.kind);
        return;
      }
      if (!to.write(chunk)) {
        from.pause();
        to.once("drain", () => from.resume());
      }
    });
    from.once("end", () => {
      if (!isBroken) to.end();
    });
    from.once("close", () => {
      if (fault?.kind !== "stall" || !isBroken) to.destroySoon();
      else to.destroy();
    });
  };
  carry(near, far);
  carry(far, near);
}

/** "stall" keeps both ends and carries nothing any more. */
function breakLine(near: Socket, far: Socket, kind: LineFault["kind"]): void {
  if (kind === "stall") return;
  for (const socket of [near, far]) {
    if (kind === "reset") socket.resetAndDestroy();
    else socket.destroy();
  }
}
