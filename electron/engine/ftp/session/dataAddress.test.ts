import { expect, test } from "vitest";
import { chooseDataAddress, isUnroutable, plainAddress } from "./dataAddress.ts";

const server = "203.0.113.9";

test.each([
  ["the server's own address is used as it is", server, server, { host: server, note: null }],
  [
    "a private address is replaced",
    "192.168.1.5",
    server,
    { host: server, note: expect.stringContaining("192.168.1.5") },
  ],
  ["no address at all is replaced", "0.0.0.0", server, { host: server, note: expect.any(String) }],
  [
    "the outside address, seen from inside, is replaced",
    server,
    "10.0.0.2",
    { host: "10.0.0.2", note: expect.any(String) },
  ],
  ["another private host is replaced", "10.0.0.3", "10.0.0.2", { host: "10.0.0.2", note: expect.any(String) }],
  ["somebody else is refused", "198.51.100.7", server, { refused: expect.stringContaining("198.51.100.7") }],
])("%s", (_what, announced, peer, expected) => {
  expect(chooseDataAddress(announced, { serverAddress: peer, host: "ftp.example.com" }, false)).toEqual(expected);
});

test("a site may allow another public address, but never a private one", () => {
  const peer = { serverAddress: server, host: "ftp.example.com" };
  expect(chooseDataAddress("198.51.100.7", peer, true)).toMatchObject({ host: "198.51.100.7" });
  expect(chooseDataAddress("127.0.0.1", peer, true)).toMatchObject({ host: server });
});

test("a server that only a proxy knows is reached by its name, whatever it announces, unless the site allows other addresses", () => {
  const peer = { serverAddress: null, host: "ftp.example.com" };
  const choose = (announced: string, allowsForeign: boolean) => chooseDataAddress(announced, peer, allowsForeign);
  expect([choose("203.0.113.9", false), choose("10.0.0.2", false), choose("10.0.0.2", true)]).toEqual(
    Array(3).fill({ host: "ftp.example.com", note: null }),
  );
  expect(choose("203.0.113.9", true)).toMatchObject({ host: "203.0.113.9", note: expect.any(String) });
});

test.each([
  "10.1.2.3",
  "172.31.0.1",
  "192.168.0.1",
  "100.127.0.1",
  "169.254.1.1",
  "127.0.0.1",
  "239.1.1.1",
  "::1",
  "fd00::1",
  "fe80::1",
])("%s is not on the internet", (address) => expect(isUnroutable(address)).toBe(true));

test.each(["172.32.0.1", "100.128.0.1", "11.0.0.1", "223.255.255.254", "2001:db8::1", "2a00::1"])(
  "%s could be",
  (address) => expect(isUnroutable(address)).toBe(false),
);

test("an IPv4 address in IPv6 clothes is an IPv4 address", () => {
  expect([plainAddress("::ffff:192.0.2.7"), plainAddress("2001:db8::7")]).toEqual(["192.0.2.7", "2001:db8::7"]);
});
