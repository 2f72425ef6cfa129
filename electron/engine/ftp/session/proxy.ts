import { request } from "node:http";
import { isIP, type Socket } from "node:net";
import { domainToASCII } from "node:url";
import { SocksClient } from "socks";
import { AppError } from "../../../../shared/errors/appError.ts";
import type { Clock } from "../../ports.ts";
import type { ProxyServer } from "../../sessions/remoteSession.ts";
import { authorityOf } from "./dataAddress.ts";
import { untilAborted, within } from "./waiting.ts";

export type ProxyOptions = {
  /** Connected to the proxy, nothing said yet. */
  readonly socket: Socket;
  readonly proxy: ProxyServer;
  /** Where to; a name is looked up by the proxy. */
  readonly host: string;
  readonly port: number;
  readonly timeoutMs: number;
  readonly clock: Clock;
};

/**
 * Has a proxy connect the socket on to a server: SOCKS 4a, SOCKS 5 (RFC 1928, 1929) or HTTP CONNECT (RFC 9110 §9.3.6). The socket comes
 * back with nothing read past the proxy's answer, and paused. Rejects with `proxy-failed` and the proxy's reason,
 * `proxy-login-rejected` or `cancelled`, and then destroys the socket.
 */
export async function connectThroughProxy(options: ProxyOptions, signal: AbortSignal): Promise<Socket> {
  const { socket, proxy, port, timeoutMs, clock } = options;
  const host = asciiHost(options.host);
  const ignoreLateError = () => {}; // of a socket that is given up, or before its new owner listens
  socket.on("error", ignoreLateError);
  try {
    const asked = { ...options, host };
    const agreed = proxy.kind === "http" ? askHttpProxy(asked) : askSocksProxy(asked, proxy.kind);
    const answered = agreed.then(() => true);
    if ((await untilAborted(within(answered, timeoutMs, clock), signal)) === null) {
      const where = authorityOf(host, port);
      throw new AppError("proxy-failed", `The proxy has not reached ${where} within ${timeoutMs / 1000} s`);
    }
    return socket;
  } catch (error) {
    socket.destroy();
    throw error;
  }
}

/** Proxies look names up as DNS has them: "bücher.example" as "xn--bcher-kva.example". */
function asciiHost(host: string): string {
  return isIP(host) === 0 ? domainToASCII(host) || host : host;
}

async function askSocksProxy(
  { socket, proxy, host, port, timeoutMs }: ProxyOptions,
  kind: "socks4a" | "socks5",
): Promise<void> {
  const login = proxy.user === "" ? {} : { userId: proxy.user, password: proxy.password };
  for (const text of Object.values(login)) checkLength(text);
  try {
    await SocksClient.createConnection({
      proxy: { host: proxy.host, port: proxy.port, type: kind === "socks5" ? 5 : 4, ...login },
      command: "connect",
      destination: { host, port },
      existing_socket: socket,
      timeout: 2 * timeoutMs, // ours comes first
    });
  } catch (error) {
    throw socksRefusal(error, authorityOf(host, port));
  }
  await keepWhatCameEarly(socket);
}

/** RFC 1929 §2 gives one byte to a length; the library would fail where nobody can catch it. */
function checkLength(text: string): void {
  if (Buffer.byteLength(text) > 255) {
    throw new AppError("proxy-login-rejected", "A user or password for a SOCKS proxy has at most 255 bytes");
  }
}

/**
 * The library sets the socket flowing a moment after it is done, and hands out as an event what had come with the proxy's answer: a
 * greeting, perhaps. Both wait in the socket until somebody reads.
 */
async function keepWhatCameEarly(socket: Socket): Promise<void> {
  const early: Buffer[] = [];
  const keep = (bytes: Buffer) => early.push(bytes);
  socket.on("data", keep);
  await new Promise((resolve) => setImmediate(resolve));
  socket.off("data", keep).pause();
  if (early.length > 0) socket.unshift(Buffer.concat(early));
}

/** The library tells its errors apart by their text alone. */
function socksRefusal(thrown: unknown, target: string): AppError {
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  if (/Authentication failed|no accepted authentication type|RejectedIdent|- \(Rejected\)/.test(said)) {
    return new AppError("proxy-login-rejected", `The proxy does not let us in: ${said}`, { cause: thrown });
  }
  const reason = reasons.find(([word]) => word.test(said))?.[1] ?? said;
  return new AppError("proxy-failed", `The proxy did not connect to ${target}: ${reason}`, { cause: thrown });
}

/** RFC 1928 §6, and the one word that SOCKS 4 has for everything. */
const reasons: readonly (readonly [RegExp, string])[] = [
  [/NotAllowed/, "its rules do not allow it"],
  [/NetworkUnreachable/, "the network cannot be reached"],
  [/HostUnreachable/, "the host cannot be reached"],
  [/ConnectionRefused/, "the server refused the connection"],
  [/TTLExpired/, "the server did not answer in time"],
  [/CommandNotSupported/, "it does not open connections"],
  [/AddressNotSupported/, "it does not know this kind of address"],
  [/- Failure|\(Failed\)/, "it gives no reason"],
  [/Socket closed/, "it closed the connection"],
  [/socks version/, "it does not speak SOCKS 5"],
];

function askHttpProxy({ socket, proxy, host, port }: ProxyOptions): Promise<void> {
  const target = authorityOf(host, port);
  const login = Buffer.from(`${proxy.user}:${proxy.password}`).toString("base64");
  return new Promise((resolve, reject) => {
    const asking = request({
      method: "CONNECT",
      path: target,
      headers: { Host: target, ...(proxy.user === "" ? {} : { "Proxy-Authorization": `Basic ${login}` }) },
      createConnection: () => socket,
    });
    asking.on("connect", (response, _, early) => {
      const { statusCode = 0, statusMessage = "" } = response;
      if (statusCode < 200 || statusCode >= 300) return reject(httpRefusal(statusCode, statusMessage, target));
      socket.pause();
      if (early.length > 0) socket.unshift(early); // a greeting that came with the answer
      resolve();
    });
    asking.on("error", (error) => {
      reject(
        new AppError("proxy-failed", `The proxy did not connect to ${target}: ${error.message}`, { cause: error }),
      );
    });
    asking.end();
  });
}

/** RFC 9110 §15; 407 asks for a login, or for another one. */
function httpRefusal(status: number, said: string, target: string): AppError {
  return status === 407
    ? new AppError("proxy-login-rejected", `The proxy does not let us in: ${status} ${said}`)
    : new AppError("proxy-failed", `The proxy did not connect to ${target}: ${status} ${said}`);
}
