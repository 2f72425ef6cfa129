import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { openFtpSession } from "../../electron/engine/ftp/openFtpSession.ts";
import { testOptions } from "../../electron/engine/ftp/testing/openTestSession.ts";
import type { Entry } from "../../shared/models/entry.ts";
import { type RealServer, startProftpd } from "../ftpd/realServers.ts";
import type { RealServerOptions } from "../ftpd/serverProgram.ts";

const signal = new AbortController().signal;
let server: RealServer | null = null;
afterEach(() => server?.stop());

const text = Buffer.from(
  Array.from({ length: 60_000 }, (_, line) => `${line};a line like the others;${line % 7}\n`).join(""),
);

test.each<{ name: string; options: RealServerOptions }>([
  { name: "plain", options: {} },
  { name: "TLS", options: { tls: "required" } },
])("ProFTPD, $name: folders and files come by MODE Z, and what does not shrink by MODE S", async ({ options }) => {
  server = await startProftpd(options);
  const { root, user, password } = server;
  await writeFile(join(root, "down.csv"), text);
  await writeFile(join(root, "down.zip"), text);
  await writeFile(join(root, "empty.txt"), "");
  const session = testOptions(server.port, {
    login: { user, password, account: null },
    encryption: options.tls ? "tls-required" : "plain",
    compresses: true,
    timeoutMs: 10_000,
  });
  const remote = await openFtpSession(session, signal);
  const fetch = async (path: string, size: number) => {
    const pieces: Buffer[] = [];
    const sink = { write: async (bytes: Uint8Array) => void pieces.push(Buffer.from(bytes)) };
    await remote.download({ path, offset: 0, size, sink, onBytes: () => {} }, signal);
    return Buffer.concat(pieces);
  };

  const entries: Entry[] = [];
  await remote.list("/", (batch) => entries.push(...batch), signal);
  expect(entries.map(({ name }) => name).sort()).toEqual(["down.csv", "down.zip", "empty.txt"]);
  expect((await fetch("/down.csv", text.length)).equals(text)).toBe(true);
  expect((await fetch("/empty.txt", 0)).length).toBe(0);
  expect((await fetch("/down.zip", text.length)).equals(text)).toBe(true);
  const modes = session.dialogue.filter(({ kind, text: line }) => kind === "command" && line.startsWith("MODE"));
  expect(modes.map(({ text: line }) => line)).toEqual(["MODE Z", "MODE S"]);
  await remote.close();
});
