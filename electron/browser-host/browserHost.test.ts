import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { type IncomingHttpHeaders, request } from "node:http";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { WebSocket } from "ws";
import { contract, type EngineApi } from "../../shared/contract/contract.ts";
import { AppError } from "../../shared/errors/appError.ts";
import { contentSecurityPolicy } from "../../shared/hosting/contentSecurityPolicy.ts";
import { connect } from "../../shared/rpc/connect.ts";
import { portOverWebSocket } from "../../shared/rpc/webSocketPort.ts";
import { type BrowserHost, startBrowserHost } from "./startBrowserHost.ts";

type Received = { drop: string; path: string; text: string; modifiedMs: number | null };

let scratch: string;
let host: BrowserHost;
let received: Received[];
let aborted: string[];
const open: (() => void)[] = [];

beforeEach(async () => {
  scratch = await mkdtemp(join(tmpdir(), "portside-host-"));
  await mkdir(join(scratch, "data"));
  await mkdir(join(scratch, "window", "assets"), { recursive: true });
  await writeFile(join(scratch, "secret.txt"), "secret");
  await writeFile(join(scratch, "window", "index.html"), "<!doctype html><title>Portside</title>");
  await writeFile(join(scratch, "window", "assets", "main-abc.js"), "0");
  await writeFile(join(scratch, "window", "main.js.map"), "{}");
  received = [];
  aborted = [];
  host = await start();
});
afterEach(async () => {
  for (const end of open.splice(0)) end();
  await host.close();
  await rm(scratch, { recursive: true, force: true });
});

/** The host with an engine that remembers one text and reads what is dropped. */
function start(port: number | null = 0): Promise<BrowserHost> {
  const api = { "layout.load": async () => ({ text: "kept" }) } as unknown as EngineApi;
  const receive = async (
    drop: string,
    path: string,
    bytes: AsyncIterable<Uint8Array>,
    modifiedMs: number | null,
    signal: AbortSignal,
  ) => {
    signal.addEventListener("abort", () => aborted.push(path));
    if (path.includes("..")) throw new AppError("name-not-allowed", "outside");
    if (path === "full.bin") throw new AppError("local-full", "no room");
    const chunks: Uint8Array[] = [];
    for await (const chunk of bytes) chunks.push(chunk);
    received.push({ drop, path, text: Buffer.concat(chunks).toString(), modifiedMs });
  };
  return startBrowserHost({
    engine: { api, staging: { receive } },
    rendererFolder: join(scratch, "window"),
    dataFolder: join(scratch, "data"),
    port,
    now: Date.now,
    checksOutput: true,
    report: (what, thrown) => expect.unreachable(`${what}: ${thrown}`),
  });
}

type Answer = { status: number; headers: IncomingHttpHeaders; body: string };
type Asked = { method?: string; path: string; headers?: Record<string, string>; body?: string | Buffer };

function ask({ method = "GET", path, headers = {}, body }: Asked, port = host.port): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ host: "127.0.0.1", port, method, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

/** Lets a browser in the proper way; returns its cookie header. */
async function enter(at: BrowserHost = host): Promise<string> {
  const { headers } = await ask({ path: pathOf(at.issueAddress()) }, at.port);
  return headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
}

function pathOf(address: string): string {
  const { pathname, search } = new URL(address);
  return `${pathname}${search}`;
}

const ownOrigin = () => `http://127.0.0.1:${host.port}`;

describe("the token", () => {
  test("is exchanged for a cookie that scripts and other sites never see, and leaves the address", async () => {
    const answer = await ask({ path: pathOf(host.issueAddress()) });
    expect(answer.status).toBe(302);
    expect(answer.headers.location).toBe("/");
    expect(answer.headers["set-cookie"]).toEqual([
      expect.stringMatching(new RegExp(`^portside-${host.port}=[\\w-]{43}; Path=/; HttpOnly; SameSite=Strict$`)),
    ]);
  });

  test("works once; another browser is told what to do", async () => {
    const path = pathOf(host.issueAddress());
    await ask({ path });
    const second = await ask({ path });
    expect([second.status, second.headers["set-cookie"]]).toEqual([403, undefined]);
    expect(second.body).toContain("press Enter");
  });

  test("used again by the browser it let in, it simply opens the window", async () => {
    const path = pathOf(host.issueAddress());
    const cookie = (await ask({ path })).headers["set-cookie"]?.[0]?.split(";")[0] ?? "";
    expect((await ask({ path, headers: { cookie } })).status).toBe(302);
  });

  test("ends when a fresh one is made", async () => {
    const old = pathOf(host.issueAddress());
    const fresh = pathOf(host.issueAddress());
    expect((await ask({ path: old })).status).toBe(403);
    expect((await ask({ path: fresh })).status).toBe(302);
  });

  test.each(["", "x", "a".repeat(43), "%00", "a".repeat(5_000)])("%j is none", async (token) => {
    host.issueAddress();
    expect((await ask({ path: `/?token=${token}` })).status).toBe(403);
  });
});

describe("the cookie", () => {
  test("opens the window; without it there is nothing", async () => {
    const cookie = await enter();
    const inside = await ask({ path: "/", headers: { cookie } });
    expect([inside.status, inside.body]).toEqual([200, "<!doctype html><title>Portside</title>"]);
    for (const path of ["/", "/assets/main-abc.js", "/nothing"]) expect((await ask({ path })).status).toBe(403);
    expect((await ask({ path: "/", headers: { cookie: `portside-${host.port}=${"a".repeat(43)}` } })).status).toBe(403);
  });

  test("is found among others, and a forged one beside it does no harm", async () => {
    const cookie = await enter();
    const crowd = `a=b; portside-${host.port}=forged; ${cookie}; c`;
    expect((await ask({ path: "/", headers: { cookie: crowd } })).status).toBe(200);
  });

  test("still opens the window after the host was killed and started again on its port", async () => {
    const cookie = await enter();
    const { port } = host;
    await host.close();
    host = await start(null); // no --port: the last one
    expect(host.port).toBe(port);
    expect((await ask({ path: "/", headers: { cookie } })).status).toBe(200);
  });

  test("is not readable in the data folder, and the file is its owner's only", async () => {
    const cookie = await enter();
    const file = join(scratch, "data", "browser-host.json");
    expect(await readFile(file, "utf8")).not.toContain(cookie.split("=")[1]);
    if (process.platform !== "win32") expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  test("after a link on another site the window asks again from its own address, once", async () => {
    const followed = await ask({
      path: "/",
      headers: { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" },
    });
    expect([followed.status, followed.body.includes('content="0;url=/"')]).toEqual([200, true]);
    const again = await ask({ path: "/", headers: { "sec-fetch-site": "same-origin", "sec-fetch-mode": "navigate" } });
    expect(again.status).toBe(403);
  });
});

describe("who may ask", () => {
  test.each(["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost", "127.0.0.1.evil.example:80"])(
    "a request for the host %j is not for us, cookie or not",
    async (name) => {
      const cookie = await enter();
      const answer = await ask({ path: "/", headers: { cookie, host: name } });
      expect(answer.status).toBe(421);
      const token = await ask({ path: pathOf(host.issueAddress()), headers: { host: name } });
      expect([token.status, token.headers["set-cookie"]]).toEqual([421, undefined]);
    },
  );

  test("localhost and [::1] are ours", async () => {
    const cookie = await enter();
    for (const name of [`localhost:${host.port}`, `LOCALHOST:${host.port}`, `[::1]:${host.port}`])
      expect((await ask({ path: "/", headers: { cookie, host: name } })).status).toBe(200);
  });

  // Only Linux has the whole of 127.0.0.0/8 for the asking.
  test.runIf(process.platform === "linux")("nothing listens on other addresses of this machine", async () => {
    const probe = createServer();
    probe.listen(host.port, "127.0.0.2"); // taken, if the host listened on 0.0.0.0
    await once(probe, "listening");
    probe.close();
  });
});

describe("files of the window", () => {
  test("carry the security policy and their own type, errors too", async () => {
    const cookie = await enter();
    for (const path of ["/", "/assets/main-abc.js", "/nothing.js"]) {
      const { headers } = await ask({ path, headers: { cookie } });
      expect(headers["content-security-policy"]).toBe(contentSecurityPolicy);
      expect(headers["x-content-type-options"]).toBe("nosniff");
      expect(headers["referrer-policy"]).toBe("no-referrer");
      expect(headers["cross-origin-resource-policy"]).toBe("same-origin");
    }
    const script = await ask({ path: "/assets/main-abc.js", headers: { cookie } });
    expect(script.headers["content-type"]).toBe("text/javascript; charset=utf-8");
    expect(script.headers["cache-control"]).toBe("private, max-age=31536000, immutable");
    expect(contentSecurityPolicy).toContain("frame-ancestors 'none'");
  });

  test.each([
    "/../secret.txt",
    "/%2e%2e/secret.txt",
    "/..%2fsecret.txt",
    "/assets/..%5c..%5csecret.txt",
    "/main.js.map",
    "/%",
  ])("%s is none of them", async (path) => {
    const answer = await ask({ path, headers: { cookie: await enter() } });
    expect(answer.status).toBe(404);
  });

  test("are read only", async () => {
    const cookie = await enter();
    for (const method of ["POST", "PUT", "DELETE", "OPTIONS"])
      expect((await ask({ method, path: "/", headers: { cookie } })).status).toBe(405);
    const head = await ask({ method: "HEAD", path: "/", headers: { cookie } });
    expect([head.status, head.body, head.headers["content-length"]]).toEqual([200, "", "38"]);
  });
});

describe("dropped files", () => {
  const drop = async (path: string, headers: Record<string, string>, body: string | Buffer = "bytes") =>
    ask({ method: "POST", path, headers: { cookie: await enter(), origin: ownOrigin(), ...headers }, body });

  test("flow into the staging folder with their path and time", async () => {
    const answer = await drop(`/drop?drop=7&path=${encodeURIComponent("照片/a b.txt")}`, {
      "x-modified": "1700000000123",
    });
    expect(answer.status).toBe(204);
    expect(received).toEqual([{ drop: "7", path: "照片/a b.txt", text: "bytes", modifiedMs: 1_700_000_000_123 }]);
  });

  test("need our own page and its cookie", async () => {
    expect((await drop("/drop?drop=7&path=a", { origin: "https://evil.example" })).status).toBe(403);
    expect((await drop("/drop?drop=7&path=a", { origin: "null" })).status).toBe(403);
    expect((await drop("/drop?drop=7&path=a", { cookie: "" })).status).toBe(403);
    const withoutOrigin = { cookie: await enter() };
    expect((await ask({ method: "POST", path: "/drop?drop=7&path=a", headers: withoutOrigin })).status).toBe(403);
    expect(received).toEqual([]);
  });

  test.each([
    ["/drop", {}, 400, "invalid-input"],
    ["/drop?drop=7", {}, 400, "invalid-input"],
    ["/drop?drop=7&path=a", { "x-modified": "yesterday" }, 400, "invalid-input"],
    ["/drop?drop=7&path=../a", {}, 400, "name-not-allowed"],
    ["/drop?drop=7&path=full.bin", {}, 507, "local-full"],
  ])("%s with %j is answered %i %s", async (path, headers, status, kind) => {
    const answer = await drop(path, headers, Buffer.alloc(1_000_000));
    expect([answer.status, JSON.parse(answer.body).kind]).toEqual([status, kind]);
  });

  test("a browser that goes away in the middle aborts the file", async () => {
    const cookie = await enter();
    const socket = createConnection(host.port, "127.0.0.1");
    socket.write(
      `POST /drop?drop=7&path=half.bin HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nOrigin: ${ownOrigin()}\r\n` +
        `Cookie: ${cookie}\r\nContent-Length: 1000\r\n\r\nhalf`,
    );
    await once(socket, "connect");
    setTimeout(() => socket.destroy(), 50);
    await expect.poll(() => aborted).toEqual(["half.bin"]);
    expect(received).toEqual([]);
  });
});

describe("the WebSocket", () => {
  const dial = (headers: Record<string, string>, path = "/api") => {
    const socket = new WebSocket(`ws://127.0.0.1:${host.port}${path}`, { headers });
    open.push(() => socket.terminate());
    return socket;
  };
  const refusal = async (headers: Record<string, string>, path?: string) => {
    const socket = dial(headers, path);
    const [error] = await once(socket, "error");
    return String(error).match(/\d{3}/)?.[0];
  };

  test("speaks the API to our own page with its cookie", async () => {
    const client = connect(portOverWebSocket(dial({ cookie: await enter(), origin: ownOrigin() })), contract);
    expect(await client.call("layout.load", {})).toEqual({ text: "kept" });
  });

  test("refuses foreign pages, unknown browsers, other hosts and other paths", async () => {
    const cookie = await enter();
    expect(await refusal({ cookie, origin: "https://evil.example" })).toBe("403");
    expect(await refusal({ cookie, origin: `http://localhost:${host.port}` })).toBe("403"); // not the address it was sent to
    expect(await refusal({ cookie })).toBe("403");
    expect(await refusal({ origin: ownOrigin() })).toBe("403");
    expect(await refusal({ cookie, origin: "http://evil.example", host: "evil.example" })).toBe("421");
    expect(await refusal({ cookie, origin: ownOrigin() }, "/other")).toBe("404");
  });

  test("ends when the host closes", async () => {
    const socket = dial({ cookie: await enter(), origin: ownOrigin() });
    await once(socket, "open");
    const ended = once(socket, "close");
    await host.close();
    await ended;
    host = await start();
  });
});

describe("the port", () => {
  test("of the last run is left to whoever has taken it meanwhile", async () => {
    const { port } = host;
    await host.close();
    const other = createServer();
    other.listen(port, "127.0.0.1");
    await once(other, "listening");
    open.push(() => other.close());
    host = await start(null);
    expect(host.port).not.toBe(port);
  });

  test("that was asked for and is taken ends the start with a sentence", async () => {
    await expect(start(host.port)).rejects.toThrow(`Portside cannot listen on 127.0.0.1:${host.port}`);
  });
});

test("without a built window the host says how to build it", async () => {
  await rm(join(scratch, "window", "index.html"));
  await expect(start()).rejects.toThrow('Run "npm run build" first');
});
