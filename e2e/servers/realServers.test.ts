import { execFile } from "node:child_process";
import { once } from "node:events";
import { access, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { ensureSystemPackages, findCommand, testPackages } from "../../build/systemPackages.mjs";
import { makeCertificate } from "../ftpd/certificates.ts";
import { findPrivileges } from "../ftpd/privileges.ts";
import {
  type RealServer,
  type RunningServer,
  startGnuFtpd,
  startProftpd,
  startPureFtpd,
  startPyftpdlib,
  startVsftpd,
} from "../ftpd/realServers.ts";
import { ensureServerAccount } from "../ftpd/serverAccount.ts";
import type { RealServerOptions } from "../ftpd/serverProgram.ts";
import { makeScratch } from "../support/portside.ts";

const run = promisify(execFile);
const running: RunningServer[] = [];

beforeAll(() => ensureSystemPackages(testPackages));
afterEach(async () => {
  for (const server of running.splice(0)) await server.stop();
});

describe("set-up", () => {
  test("changes nothing when it runs again", async () => {
    const said: string[] = [];
    await ensureSystemPackages(testPackages, (line) => said.push(line));
    const privileges = await findPrivileges();
    expect(said).toEqual([]);
    expect(ensureServerAccount(privileges)).toEqual(ensureServerAccount(privileges));
  });

  test("says what to install where it may not do so itself", async () => {
    const { folder, remove } = await makeScratch("no-sudo");
    for (const name of ["apt-get", "dpkg"]) await symlink((await findCommand(name)) ?? "", join(folder, name));
    vi.stubEnv("PATH", folder);
    vi.spyOn(process, "getuid").mockReturnValue(1000);
    const asking = ensureSystemPackages(["bash", "no-such-package"]);
    await expect(asking).rejects.toThrow("please run: sudo apt-get install no-such-package");
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    await remove();
  });
});

describe.each<{ name: string; start: (options?: RealServerOptions) => Promise<RunningServer> }>([
  { name: "vsftpd", start: startVsftpd },
  { name: "ProFTPD", start: startProftpd },
  { name: "Pure-FTPd", start: startPureFtpd },
  { name: "pyftpdlib", start: startPyftpdlib },
  { name: "GNU ftpd", start: startGnuFtpd },
])("$name", ({ name, start }) => {
  const startServer = async (options: RealServerOptions = {}) => {
    const server = await start(options);
    running.push(server);
    return server;
  };

  test("lets its user in and keeps others out", async () => {
    const server = await startServer();
    const right = await talk(server, [`USER ${server.user}`, `PASS ${server.password}`, "PWD"]);
    expect(right.map((line) => line.slice(0, 3))).toEqual(["220", "331", "230", "257"]);
    expect(right[3]).toContain(name === "GNU ftpd" ? `"${server.root}"` : '"/"');
    const wrong = await talk(server, [`USER ${server.user}`, "PASS wrong"]);
    expect(wrong.at(-1)).toMatch(/^530/);
  });

  test("is gone with its files after stop, and so are its sessions", async () => {
    const server = await start();
    const socket = connect(server.port, server.host);
    await once(socket, "data");
    const closed = once(socket, "close");
    await server.stop();
    await closed;
    await expect(access(server.folder)).rejects.toThrow("ENOENT");
    await expect(once(connect(server.port, server.host), "connect")).rejects.toThrow("ECONNREFUSED");
  });

  test("listens on IPv6 when told so", async () => {
    const server = await startServer({ host: "::1" });
    const right = await talk(server, login(server));
    expect(right.map((line) => line.slice(0, 3))).toEqual(["220", "331", "230"]);
  });
});

describe.each([
  { name: "vsftpd", start: startVsftpd },
  { name: "ProFTPD", start: startProftpd },
])("$name", ({ start }) => {
  const startServer = async (options: RealServerOptions = {}) => {
    const server = await start(options);
    running.push(server);
    return server;
  };

  test("serves its folder and counts commands and bytes", async () => {
    const server = await startServer();
    await writeFile(join(server.root, "down.txt"), "12345");
    const source = join(dirname(server.logPath), "source.txt");
    await run("sh", ["-c", `printf 1234567 > ${source}`]);
    expect(await curl(server, "down.txt")).toBe("12345");
    await curl(server, "up.txt", "-T", source);
    expect(await readFile(join(server.root, "up.txt"), "utf8")).toBe("1234567");
    const verbs = (await server.commandsSeen()).map(({ verb }) => verb);
    expect(verbs).toEqual(expect.arrayContaining(["USER", "PASS", "RETR", "STOR", "QUIT"]));
    expect(await server.transfersSeen()).toEqual([
      { direction: "download", path: "/down.txt", bytes: 5, isComplete: true },
      { direction: "upload", path: "/up.txt", bytes: 7, isComplete: true },
    ]);
    expect(await readFile(server.logPath, "utf8")).not.toContain(server.password);
  });

  test("hands files over to its account, and may not write into the read-only folder", async () => {
    const server = await startServer({ readOnlyFolder: "locked" });
    await writeFile(join(server.root, "mine.txt"), "");
    server.handOver();
    expect((await stat(join(server.root, "mine.txt"))).uid).toBeGreaterThan(0);
    const locked = await startServer({ readOnlyFolder: "locked" });
    await expect(curl(locked, "locked/new.txt", "-T", "/etc/hostname")).rejects.toThrow();
    expect((await talk(locked, [...login(locked), "MKD locked/new"])).at(-1)).toMatch(/^550/);
  });

  test.each([
    { tlsVersions: ["1.2"] as const, requireReuse: true },
    { tlsVersions: ["1.3"] as const, requireReuse: true },
    { tlsVersions: ["1.2", "1.3"] as const, requireReuse: false },
  ])("speaks TLS $tlsVersions, reuse demanded: $requireReuse", async (options) => {
    const server = await startServer({ tls: "required", ...options });
    await writeFile(join(server.root, "a.txt"), "secret");
    expect(await curl(server, "a.txt", "--ssl-reqd")).toBe("secret");
    const plain = await talk(server, [`USER ${server.user}`, `PASS ${server.password}`]);
    expect(plain.filter((line) => line.startsWith("230"))).toEqual([]);
    expect(plain.filter((line) => /^(530|550)/.test(line)).length).toBeGreaterThan(0);
    const tooOld = curl(server, "a.txt", "--ssl-reqd", "--tlsv1.3");
    if (options.tlsVersions.some((version) => version === "1.3")) expect(await tooOld).toBe("secret");
    else await expect(tooOld).rejects.toThrow();
  });

  test("speaks implicit TLS with the certificate it is given", async () => {
    const certificate = await makeCertificate({ commonName: "changed" });
    const server = await startServer({ tls: "required", implicit: true, certificate });
    await writeFile(join(server.root, "a.txt"), "secret");
    expect(await curl(server, "a.txt")).toBe("secret");
  });

  test("turns away sessions beyond its limit", async () => {
    const server = await startServer({ maxSessions: 1 });
    const first = connect(server.port, server.host);
    await once(first, "data");
    if (server.name === "ProFTPD") await talkOn(first, login(server)); // it counts at login
    const second = await talk(server, login(server));
    first.destroy();
    expect(second.filter((line) => /^(421|530)/.test(line))).toHaveLength(1);
  });
});

function login({ user, password }: RunningServer): string[] {
  return [`USER ${user}`, `PASS ${password}`];
}

/** The final line of the greeting and of each reply, as far as the server went on talking. */
async function talk(server: RunningServer, commands: readonly string[]): Promise<string[]> {
  const socket = connect(server.port, server.host);
  try {
    return [await readReply(socket), ...(await talkOn(socket, commands))];
  } finally {
    socket.destroy();
  }
}

async function talkOn(socket: Socket, commands: readonly string[]): Promise<string[]> {
  const replies: string[] = [];
  for (const command of commands) {
    if (socket.readableEnded || socket.destroyed) break;
    socket.write(`${command}\r\n`);
    replies.push(await readReply(socket));
  }
  return replies;
}

function readReply(socket: Socket): Promise<string> {
  let text = "";
  return new Promise((resolve, reject) => {
    const settle = (settleWith: () => void) => {
      socket.off("data", read).off("end", end).off("error", end);
      clearTimeout(timer);
      settleWith();
    };
    const read = (chunk: Buffer) => {
      text += chunk.toString();
      const final = text.split("\r\n").find((line) => /^\d{3} /.test(line));
      if (final) settle(() => resolve(final));
    };
    const end = () => settle(() => resolve(text));
    const timer = setTimeout(() => settle(() => reject(new Error(`no reply, only "${text}"`))), 10_000);
    socket.on("data", read).on("end", end).on("error", end);
  });
}

async function curl(server: RealServer, path: string, ...options: string[]): Promise<string> {
  const scheme = options.includes("--ssl-reqd") || !server.certificate ? "ftp" : "ftps";
  const trust = server.certificate ? ["--cacert", join(dirname(server.logPath), "certificate.pem")] : [];
  const url = `${scheme}://${server.host}:${server.port}/${path}`;
  const who = `${server.user}:${server.password}`;
  const { stdout } = await run("curl", ["-sS", "-m", "20", "-u", who, ...trust, ...options, url]);
  return stdout;
}
