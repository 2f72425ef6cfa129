import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export type ProxyServerOptions = {
  readonly kind: "socks4a" | "socks5" | "http";
  /** Whom it lets in; without: everybody. SOCKS 4 has no passwords. */
  readonly login?: { readonly user: string; readonly password: string };
  /** Names that nobody but this proxy knows, and their addresses. */
  readonly names?: Readonly<Record<string, string>>;
  /** Answers every request with this: a SOCKS reply code, an HTTP status. */
  readonly refusal?: number;
  /** Takes the connection and never answers. */
  readonly isSilent?: boolean;
  /** Sends its answer together with the first bytes of the server. */
  readonly joinsFirstBytes?: boolean;
};

export type ProxyServer = {
  readonly port: number;
  /** What it was asked to connect to, in order: "ftp.example.com:21". */
  readonly targets: readonly string[];
  /** Connections that are still open. */
  readonly openCount: () => number;
  readonly close: () => Promise<void>;
};

/** A small proxy on loopback, strict: what its RFC does not allow ends the connection without a word. */
export async function startProxyServer(options: ProxyServerOptions): Promise<ProxyServer> {
  const sockets = new Set<Socket>();
  const targets: string[] = [];
  const serve = { socks4a: serveSocks4a, socks5: serveSocks5, http: serveHttp }[options.kind];
  const keep = (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  };
  const server = createServer({ allowHalfOpen: true }, (client) => {
    keep(client);
    if (options.isSilent) return;
    const reader = byteReader(client);
    serve({ client, reader, options, targets, keep }).catch(() => client.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    targets,
    openCount: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

type Visit = {
  readonly client: Socket;
  readonly reader: ByteReader;
  readonly options: ProxyServerOptions;
  readonly targets: string[];
  readonly keep: (socket: Socket) => void;
};

/** SOCKS 4 with a name in the place of the address: 4, CONNECT, port, 0.0.0.x, user NUL, name NUL. */
async function serveSocks4a(visit: Visit): Promise<void> {
  const { client, reader, options } = visit;
  const [version, command, high = 0, low = 0, ...address] = await reader.take(8);
  if (version !== 4 || command !== 1) throw new Error("not SOCKS 4 CONNECT");
  const user = (await reader.takeUntil("\0")).slice(0, -1);
  const isName = address.slice(0, 3).every((byte) => byte === 0) && address[3] !== 0;
  const host = isName ? (await reader.takeUntil("\0")).slice(0, -1) : address.join(".");
  const answer = (code: number) => Buffer.from([0, code, 0, 0, 0, 0, 0, 0]);
  if (options.login !== undefined && user !== options.login.user) return void client.end(answer(93));
  if (options.refusal !== undefined) return void client.end(answer(options.refusal));
  await passOn(visit, { host, port: high * 256 + low }, answer(90), answer(91));
}

/** RFC 1928, with the user and password of RFC 1929. */
async function serveSocks5(visit: Visit): Promise<void> {
  const { client, reader, options } = visit;
  const [version, methodCount = 0] = await reader.take(2);
  const methods = [...(await reader.take(methodCount))];
  const wanted = options.login === undefined ? 0 : 2;
  if (version !== 5) throw new Error("not SOCKS 5");
  if (!methods.includes(wanted)) return void client.end(Buffer.from([5, 0xff]));
  client.write(Buffer.from([5, wanted]));
  if (options.login !== undefined) {
    const [loginVersion, userLength = 0] = await reader.take(2);
    const user = String(await reader.take(userLength));
    const [passwordLength = 0] = await reader.take(1);
    const password = String(await reader.take(passwordLength));
    const isWelcome = loginVersion === 1 && user === options.login.user && password === options.login.password;
    if (!isWelcome) return void client.end(Buffer.from([1, 1]));
    client.write(Buffer.from([1, 0]));
  }
  const [, command, reserved, addressType] = await reader.take(4);
  if (command !== 1 || reserved !== 0) throw new Error("not CONNECT");
  const host = await readSocks5Host(reader, addressType);
  const [high = 0, low = 0] = await reader.take(2);
  const answer = (code: number) => Buffer.from([5, code, 0, 1, 0, 0, 0, 0, 0, 0]);
  if (options.refusal !== undefined) return void client.end(answer(options.refusal));
  await passOn(visit, { host, port: high * 256 + low }, answer(0), answer(5));
}

async function readSocks5Host(reader: ByteReader, addressType: number | undefined): Promise<string> {
  switch (addressType) {
    case 1:
      return (await reader.take(4)).join(".");
    case 3:
      return String(await reader.take((await reader.take(1))[0] ?? 0));
    case 4:
      return String(await reader.take(16).then((bytes) => bytes.toString("hex").match(/.{4}/g)?.join(":")));
    default:
      throw new Error("no such address type");
  }
}

/** RFC 9110 §9.3.6, Basic login (RFC 7617). */
async function serveHttp(visit: Visit): Promise<void> {
  const { client, reader, options } = visit;
  const head = await reader.takeUntil("\r\n\r\n");
  const asked = /^CONNECT \[?(?<host>[^\s\]]+?)\]?:(?<port>\d+) HTTP\/1\.1\r\n/.exec(head)?.groups;
  if (asked === undefined || !/\r\nHost: /.test(head)) throw new Error("not a CONNECT");
  const answer = (status: string) => Buffer.from(`HTTP/1.1 ${status}\r\n\r\n`);
  const { login, refusal } = options;
  const expected = login && `Basic ${Buffer.from(`${login.user}:${login.password}`).toString("base64")}`;
  const isWelcome = expected === undefined || head.includes(`\r\nProxy-Authorization: ${expected}\r\n`);
  if (!isWelcome) return void client.end(answer("407 Proxy Authentication Required"));
  if (refusal !== undefined) return void client.end(answer(`${refusal} No`));
  const target = { host: asked.host ?? "", port: Number(asked.port) };
  await passOn(visit, target, answer("200 Connection established"), answer("502 Bad Gateway"));
}

async function passOn(
  { client, reader, options, targets, keep }: Visit,
  { host, port }: { readonly host: string; readonly port: number },
  yes: Buffer,
  no: Buffer,
): Promise<void> {
  targets.push(`${host}:${port}`);
  const server = connect({ host: options.names?.[host] ?? host, port, allowHalfOpen: true });
  keep(server);
  try {
    await once(server, "connect");
  } catch {
    return void client.end(no);
  }
  const first = options.joinsFirstBytes ? await once(server, "data").then(([bytes]) => bytes as Buffer) : Buffer.of();
  client.write(Buffer.concat([yes, first]));
  server.write(reader.release());
  client.pipe(server);
  server.pipe(client);
  client.on("close", () => server.destroy());
  server.on("close", () => client.destroy());
}

type ByteReader = {
  readonly take: (count: number) => Promise<Buffer>;
  readonly takeUntil: (end: string) => Promise<string>;
  /** Stops reading; what has come and was not taken. */
  readonly release: () => Buffer;
};

function byteReader(socket: Socket): ByteReader {
  let buffered = Buffer.of();
  let wake = () => {};
  let hasEnded = false;
  const onData = (bytes: Buffer) => {
    buffered = Buffer.concat([buffered, bytes]);
    wake();
  };
  const onEnd = () => {
    hasEnded = true;
    wake();
  };
  socket.on("data", onData).on("end", onEnd).on("close", onEnd);
  const take = async (countSoFar: () => number | null) => {
    for (;;) {
      const count = countSoFar();
      if (count !== null) {
        const taken = buffered.subarray(0, count);
        buffered = buffered.subarray(count);
        return taken;
      }
      if (hasEnded) throw new Error("the client hung up");
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };
  return {
    take: (count) => take(() => (buffered.length >= count ? count : null)),
    takeUntil: async (end) => {
      const taken = await take(() => {
        const at = buffered.indexOf(end);
        return at === -1 ? null : at + end.length;
      });
      return taken.toString("latin1");
    },
    release: () => {
      socket.pause().off("data", onData).off("end", onEnd).off("close", onEnd);
      return buffered;
    },
  };
}
