import { describe, expect, test } from "vitest";
import { type Address, parseAddress, portOf } from "./address.ts";

const plain: Address = { host: "example.org", port: null, encryption: null, user: null, password: null, path: null };

describe("parseAddress", () => {
  test.each<[string, Partial<Address>]>([
    ["example.org", {}],
    ["  example.org  ", {}],
    ["example.org:2121", { port: 2121 }],
    ["example.org:", {}],
    ["example.org/pub", { path: "/pub" }],
    ["mira@example.org", { user: "mira" }],
    ["ftp://example.org", {}],
    ["FTP://example.org/", {}],
    ["ftps://example.org", { encryption: "tls-implicit" }],
    ["ftpes://example.org", { encryption: "tls-required" }],
    ["ftp://u:p@example.org:21/a/b", { user: "u", password: "p", port: 21, path: "/a/b" }],
    ["ftp://u:@example.org", { user: "u", password: "" }],
    ["ftp://mi%40ra:p%3A%2F@example.org", { user: "mi@ra", password: "p:/" }],
    ["ftp://u:p@ss:word@example.org", { user: "u", password: "p@ss:word" }],
    ["ftp://u:100%@example.org", { user: "u", password: "100%" }],
    ["ftp://example.org/%E6%8A%A5%E5%91%8A/a%20b", { path: "/报告/a b" }],
    ["ftp://example.org//etc", { path: "//etc" }],
    ["192.0.2.7", { host: "192.0.2.7" }],
    ["[2001:db8::1]:2121", { host: "2001:db8::1", port: 2121 }],
    ["ftp://u@[2001:db8::1]/x", { host: "2001:db8::1", user: "u", path: "/x" }],
    ["2001:db8::1", { host: "2001:db8::1" }],
    ["localhost", { host: "localhost" }],
    ["bücher.example", { host: "bücher.example" }],
  ])("reads %s", (typed, said) => expect(parseAddress(typed)).toEqual({ ...plain, ...said }));

  test.each([
    ["", "empty"],
    ["   ", "empty"],
    ["http://example.org", "scheme"],
    ["sftp://example.org", "scheme"],
    ["ftp://", "host"],
    ["ftp://u:p@", "host"],
    ["my server", "host"],
    ["example.org:0", "port"],
    ["example.org:65536", "port"],
    ["example.org:ftp", "port"],
    ["[2001:db8::1]:x", "port"],
  ])("says what is wrong with %j", (typed, problem) => expect(parseAddress(typed)).toBe(problem));
});

test("the port that goes without saying follows the encryption", () => {
  expect(portOf(plain)).toBe(21);
  expect(portOf({ ...plain, encryption: "tls-implicit" })).toBe(990);
  expect(portOf({ ...plain, encryption: "tls-implicit", port: 2121 })).toBe(2121);
});
