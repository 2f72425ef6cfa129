import { spawn } from "node:child_process";
import { once } from "node:events";

/** A port that swallows connections: nobody takes them, and when its backlog is full the system drops what comes. */
export type DeafPort = { readonly port: number; readonly stop: () => Promise<void> };

// Node takes every connection at once, so this needs another program. Two connections of its own fill the backlog.
const program = `
import socket, sys
deaf = socket.socket()
deaf.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
deaf.bind(("127.0.0.1", int(sys.argv[1])))
deaf.listen(0)
fillers = [socket.socket() for _ in range(4)]
for filler in fillers:
    filler.setblocking(False)
    filler.connect_ex(deaf.getsockname())
print(deaf.getsockname()[1], flush=True)
sys.stdin.read()
`;

/** `port` 0: any free one. */
export async function startDeafPort({ port = 0 }: { readonly port?: number } = {}): Promise<DeafPort> {
  const child = spawn("python3", ["-c", program, String(port)], { stdio: ["pipe", "pipe", "inherit"] });
  const [line] = await once(child.stdout, "data");
  return {
    port: Number(String(line).trim()),
    stop: async () => {
      const closed = once(child, "close");
      child.stdin.end();
      await closed;
    },
  };
}
