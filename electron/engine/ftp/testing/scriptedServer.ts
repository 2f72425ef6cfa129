import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { connect, createServer, type Server, type Socket } from "node:net";
import { TLSSocket, type TLSSocketOptions } from "node:tls";

/** The server's side of a transcript, played over real loopback sockets. */
export type Peer = {
  /** Sends raw text, one byte per character. */
  readonly sendRaw: (text: string) => void;
  /** Sends a reply line, or several. */
  readonly say: (...lines: string[]) => void;
  /** Waits for the next command and requires it to be exactly this. */
  readonly expect: (command: string) => Promise<void>;
  /** Waits for the next command and requires it to fit; returns its first group. */
  readonly expectMatch: (pattern: RegExp) => Promise<string>;
  readonly expectThenSay: (command: string, ...lines: string[]) => Promise<void>;
  /** Plays a whole login: greeting, USER, PASS, SYST, FEAT with these lines, OPTS, TYPE and PWD. */
  /** `words`: what SYST, PWD and TYPE are answered with. */
  readonly acceptLogin: (features?: readonly string[], words?: Partial<HostWords>) => Promise<void>;
  /** Answers EPSV with a port; the client's data connection comes with `data`. */
  readonly passive: () => Promise<{ readonly data: Promise<DataPeer>; readonly port: number }>;
  /** Waits for EPRT or PORT, accepts it and returns how to connect there, now or later. */
  readonly active: () => Promise<{ readonly port: number; readonly connect: (from?: string) => Promise<DataPeer> }>;
  /** Listens for a data connection without saying anything. */
  readonly listen: () => Promise<{ readonly data: Promise<DataPeer>; readonly port: number }>;
  readonly startTls: (options: TLSSocketOptions) => Promise<TLSSocket>;
  /** What the client has sent and no `expect` has taken. */
  readonly unread: () => string;
  readonly hangUp: () => void;
  readonly reset: () => void;
  readonly closed: Promise<void>;
};

export type HostWords = { readonly system: string; readonly folder: string; readonly typeReply: string };

const ordinaryHost: HostWords = { system: "UNIX Type: L8", folder: "/", typeReply: "200 binary" };

export type DataPeer = {
  readonly socket: Socket;
  readonly send: (bytes: string | Uint8Array) => Promise<void>;
  readonly end: () => void;
  readonly reset: () => void;
  readonly receiveAll: () => Promise<Buffer>;
  readonly startTls: (options: TLSSocketOptions) => Promise<DataPeer>;
};

type Script = (peer: Peer) => Promise<void>;

export type ScriptedServer = {
  readonly port: number;
  /** The first thing that went wrong in a script; null as long as nothing has. */
  readonly complaint: () => unknown;
  /** Resolves when every script has come to its end; rejects with the first line that went wrong. */
  readonly finished: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** One script per connection, in the order they come. Stricter than any real server: CRLF always, no command before the last reply. */
export function scriptedServer(...scripts: readonly Script[]): Promise<ScriptedServer> {
  return scriptedServerOn("127.0.0.1", ...scripts);
}

/** As `scriptedServer`, on another address of this computer. */
export async function scriptedServerOn(host: string, ...scripts: readonly Script[]): Promise<ScriptedServer> {
  const sockets = new Set<Socket>();
  const plays: Promise<void>[] = [];
  let complaint: unknown = null;
  const server = createServer((socket) => {
    sockets.add(socket);
    const script = scripts[plays.length];
    const play =
      script === undefined ? Promise.reject(new Error("an unexpected connection")) : script(peerOn(socket, sockets));
    play.catch((error) => {
      complaint ??= error;
      socket.destroy();
    });
    plays.push(play);
  });
  server.listen(0, host);
  await once(server, "listening");
  return {
    port: portOf(server),
    complaint: () => complaint,
    finished: async () => {
      await Promise.all(plays);
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

function peerOn(first: Socket, sockets: Set<Socket>): Peer {
  let socket = first;
  let buffered = "";
  let wake = () => {};
  let hasEnded = false;
  const closed = Promise.withResolvers<void>();

  function attach(next: Socket): void {
    socket = next;
    socket.on("data", (bytes: Buffer) => {
      buffered += bytes.toString("latin1");
      wake();
    });
    socket.on("error", () => {});
    socket.on("close", () => {
      hasEnded = true;
      closed.resolve();
      wake();
    });
  }
  attach(first);

  async function readCommand(wanted: string): Promise<string> {
    while (!buffered.includes("\n")) {
      if (hasEnded) throw new Error(`the client hung up instead of "${wanted}"`);
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    const end = buffered.indexOf("\n");
    if (buffered[end - 1] !== "\r") throw new Error(`a command without CRLF: ${JSON.stringify(buffered)}`);
    const command = buffered.slice(0, end - 1);
    buffered = buffered.slice(end + 1);
    return command;
  }

  const say = (...lines: string[]) => {
    if (buffered !== "") throw new Error(`the client pipelined ${JSON.stringify(buffered)} before "${lines[0]}"`);
    socket.write(lines.map((line) => `${line}\r\n`).join(""), "latin1");
  };
  const expectCommand = async (wanted: string) => {
    const command = await readCommand(wanted);
    if (command !== wanted) throw new Error(`expected "${wanted}", the client sent "${command}"`);
  };
  const expectMatch = async (pattern: RegExp) => {
    const command = await readCommand(String(pattern));
    const match = pattern.exec(command);
    if (match === null) throw new Error(`expected ${pattern}, the client sent "${command}"`);
    return match[1] ?? "";
  };
  const expectThenSay = async (command: string, ...lines: string[]) => {
    await expectCommand(command);
    say(...lines);
  };

  async function listen() {
    const server = createServer();
    server.listen(0, first.localAddress);
    await once(server, "listening");
    const data = once(server, "connection").then(([accepted]) => {
      server.close();
      sockets.add(accepted);
      return dataPeer(accepted);
    });
    return { data, port: portOf(server) };
  }

  return {
    sendRaw: (text) => socket.write(text, "latin1"),
    say,
    expect: expectCommand,
    expectMatch,
    expectThenSay,
    acceptLogin: async (features = ["UTF8", "EPSV", "SIZE", "MDTM", "REST STREAM"], words = {}) => {
      const host = { ...ordinaryHost, ...words };
      say("220 ready");
      await expectThenSay("USER demo", "331 password");
      await expectThenSay("PASS secret", "230 in");
      await expectThenSay("SYST", `215 ${host.system}`);
      await expectThenSay("FEAT", "211-Features", ...features.map((feature) => ` ${feature}`), "211 End");
      if (features.includes("UTF8")) await expectThenSay("OPTS UTF8 ON", "200 on");
      await expectThenSay("TYPE I", host.typeReply);
      await expectThenSay("PWD", `257 "${host.folder}" is here`);
    },
    listen,
    passive: async () => {
      const listener = await listen();
      await expectThenSay("EPSV", `229 Entering Extended Passive Mode (|||${listener.port}|)`);
      return listener;
    },
    active: async () => {
      const target = await expectMatch(/^(?:EPRT|PORT) (.+)$/);
      const numbers = target.split(/[|,]/);
      const port = target.includes("|") ? Number(numbers[3]) : Number(numbers[4]) * 256 + Number(numbers[5]);
      say("200 I will connect");
      const reach = async (from?: string) => {
        const outgoing = connect({
          host: first.remoteAddress,
          port,
          ...(from === undefined ? {} : { localAddress: from }),
        });
        sockets.add(outgoing);
        await once(outgoing, "connect");
        return dataPeer(outgoing);
      };
      return { port, connect: reach };
    },
    startTls: async (options) => {
      socket.removeAllListeners();
      const secured = new TLSSocket(socket, { ...options, isServer: true });
      attach(secured);
      const isSecure = await Promise.race([once(secured, "secure"), closed.promise.then(() => null)]);
      if (isSecure === null) throw new Error("the client ended the handshake");
      return secured;
    },
    unread: () => buffered,
    hangUp: () => socket.end(),
    reset: () => socket.resetAndDestroy(),
    closed: closed.promise,
  };
}

function dataPeer(socket: Socket): DataPeer {
  socket.on("error", () => {});
  return {
    socket,
    send: (bytes) =>
      new Promise((resolve) =>
        socket.write(typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes, () => resolve()),
      ),
    end: () => socket.end(),
    reset: () => socket.resetAndDestroy(),
    startTls: async (options) => {
      const secured = new TLSSocket(socket, { ...options, isServer: true });
      const isSecure = await Promise.race([once(secured, "secure"), once(secured, "close").then(() => null)]);
      if (isSecure === null) throw new Error("the client ended the handshake");
      return dataPeer(secured);
    },
    receiveAll: async () => {
      const chunks: Buffer[] = [];
      socket.on("data", (chunk: Buffer) => chunks.push(chunk));
      await new Promise((resolve) => socket.once("close", resolve)); // events.once would fail at a reset
      return Buffer.concat(chunks);
    },
  };
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
