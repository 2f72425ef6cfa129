import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** An FTP client that knows nothing: what a test says goes out, what the server says comes in. Texts are latin-1, byte for byte. */
export type RawClient = {
  readonly socket: Socket;
  /** Writes exactly this. */
  readonly write: (text: string) => void;
  /** The next whole reply, without its last CRLF; "" when the server has closed. */
  readonly nextReply: () => Promise<string>;
  /** Writes a command with CRLF and waits for one reply. */
  readonly say: (command: string) => Promise<string>;
  /** The codes of the replies to several commands, one after the other. */
  readonly codes: (...commands: string[]) => Promise<number[]>;
  /** EPSV and connect. */
  readonly openData: () => Promise<Socket>;
  /** Opens a data connection, gives the command and reads all it brings; `final` is the reply after the data. */
  readonly fetch: (command: string) => Promise<{ readonly bytes: Buffer; readonly final: string }>;
  /** The same for sending. */
  readonly send: (command: string, bytes: Buffer | string) => Promise<string>;
  readonly close: () => void;
};

export async function connectRaw(port: number, host = "127.0.0.1"): Promise<RawClient> {
  const socket = connect(port, host);
  socket.on("error", () => {});
  const nextReply = readReplies(socket);
  await once(socket, "connect");
  const write = (text: string) => void socket.write(Buffer.from(text, "latin1"));
  const say = (command: string) => {
    write(`${command}\r\n`);
    return nextReply();
  };
  const openData = async () => {
    const answer = await say("EPSV");
    const dataPort = /\(\|\|\|(\d+)\|\)/.exec(answer)?.[1];
    if (!dataPort) throw new Error(`no passive port in "${answer}"`);
    const data = connect(Number(dataPort), host);
    await once(data, "connect");
    return data;
  };
  return {
    socket,
    write,
    nextReply,
    say,
    codes: async (...commands) => {
      const codes: number[] = [];
      for (const command of commands) codes.push(Number((await say(command)).slice(0, 3)));
      return codes;
    },
    openData,
    fetch: async (command) => {
      const data = await openData();
      const first = await say(command);
      if (!first.startsWith("1")) {
        data.destroy();
        return { bytes: Buffer.alloc(0), final: first };
      }
      const bytes = await readAll(data);
      return { bytes, final: await nextReply() };
    },
    send: async (command, bytes) => {
      const data = await openData();
      const first = await say(command);
      if (!first.startsWith("1")) {
        data.destroy();
        return first;
      }
      data.resume();
      data.end(bytes);
      return nextReply();
    },
    close: () => void socket.destroy(),
  };
}

/** Connects and logs in. */
export async function logInRaw(port: number, user: string, password: string): Promise<RawClient> {
  const client = await connectRaw(port);
  await client.nextReply();
  await client.codes(`USER ${user}`, `PASS ${password}`, "TYPE I");
  return client;
}

/** What came until the end; a reset ends it too. */
async function readAll(data: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  data.on("data", (chunk) => chunks.push(chunk));
  data.on("error", () => {});
  if (!data.closed) await new Promise((resolve) => data.once("close", resolve));
  return Buffer.concat(chunks);
}

function readReplies(socket: Socket): () => Promise<string> {
  let pending = "";
  let hasClosed = false;
  let wake: () => void = () => {};
  socket.on("data", (chunk) => {
    pending += chunk.toString("latin1");
    wake();
  });
  socket.on("close", () => {
    hasClosed = true;
    wake();
  });
  const take = () => {
    const match = /^(?:(?<code>\d{3})-.*\r\n(?:(?!\k<code> ).*\r\n)*)?\d{3} .*\r\n/.exec(pending);
    if (!match) return null;
    pending = pending.slice(match[0].length);
    return match[0].slice(0, -2);
  };
  return async () => {
    while (true) {
      const reply = take();
      if (reply !== null) return reply;
      if (hasClosed) return pending;
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
}
