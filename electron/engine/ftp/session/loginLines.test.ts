import { describe, expect, test } from "vitest";
import type { FtpProxyServer } from "../../sessions/remoteSession.ts";
import { loginLines } from "./loginLines.ts";

const login = { user: "ann", password: "sea%20shell", account: null };
const target = { host: "ftp.example.com", port: 21 };
const proxy = { host: "relay", port: 2121, user: "", password: "", loginSequence: [] };
const knows = { user: "relayed", password: "let me" };

const spoken = (through: FtpProxyServer | null, changes: Partial<typeof login & typeof target> = {}) =>
  loginLines({ ...login, ...changes }, through, { ...target, ...changes }).map(({ line }) => line);

test("without a proxy it is USER, PASS and, where there is one, ACCT", () => {
  expect(spoken(null)).toEqual(["USER ann", "PASS sea%20shell"]);
  expect(loginLines({ ...login, account: "77" }, null, target).at(-1)?.line).toBe("ACCT 77");
});

test.each([
  ["user@host", {}, ["USER ann@ftp.example.com", "PASS sea%20shell"]],
  ["user@host", knows, ["USER relayed", "PASS let me", "USER ann@ftp.example.com", "PASS sea%20shell"]],
  ["site", {}, ["SITE ftp.example.com", "USER ann", "PASS sea%20shell"]],
  ["site", knows, ["USER relayed", "PASS let me", "SITE ftp.example.com", "USER ann", "PASS sea%20shell"]],
  ["open", {}, ["OPEN ftp.example.com", "USER ann", "PASS sea%20shell"]],
  ["open", knows, ["USER relayed", "PASS let me", "OPEN ftp.example.com", "USER ann", "PASS sea%20shell"]],
] as const)("%s with %j", (kind, own, lines) => {
  expect(spoken({ ...proxy, ...own, kind })).toEqual(lines);
});

test("another port than 21 stands behind the host", () => {
  expect(spoken({ ...proxy, kind: "user@host" }, { port: 2100 })[0]).toBe("USER ann@ftp.example.com:2100");
  expect(spoken({ ...proxy, kind: "site" }, { host: "2001:db8::7", port: 2100 })[0]).toBe("SITE [2001:db8::7]:2100");
});

describe("a sequence of one's own", () => {
  const custom = (...loginSequence: string[]): FtpProxyServer => ({ ...proxy, kind: "custom", loginSequence });

  test("fills in every placeholder, and only those", () => {
    const lines = spoken({ ...custom("USER %u@%s@%h", "PASS %p@%w", "SITE 100%% %x"), ...knows });
    expect(lines).toEqual(["USER ann@relayed@ftp.example.com", "PASS sea%20shell@let me", "SITE 100% %x"]);
  });

  test("leaves out lines whose account, proxy user or proxy password nobody has given, and empty ones", () => {
    expect(spoken(custom("USER %s", "PASS %w", "", "USER %u@%h", "PASS %p", "ACCT %a"))).toEqual([
      "USER ann@ftp.example.com",
      "PASS sea%20shell",
    ]);
  });

  test("keeps lines with an empty password: an empty password is one", () => {
    expect(spoken(custom("USER %u", "PASS %p"), { password: "" })).toEqual(["USER ann", "PASS "]);
  });

  test("shows no secret, wherever it stands", () => {
    const lines = loginLines(
      { ...login, account: "77" },
      { ...custom("USER %u@%s", "SITE AUTH %w %p %a"), ...knows },
      target,
    );
    expect(lines.map(({ shown }) => shown)).toEqual(["USER ann@relayed", "SITE AUTH **** **** ****"]);
  });
});
