import { expect, test } from "vitest";
import { extendedPortCommand, portCommand } from "./activeCommands.ts";

test("PORT says the address and the port in six bytes, and no IPv6 address", () => {
  expect(portCommand("192.0.2.7", 5_001)).toBe("PORT 192,0,2,7,19,137");
  expect(portCommand("2001:db8::7", 5_001)).toBeNull();
});

test("EPRT says both families, without the zone that only this computer knows", () => {
  expect(extendedPortCommand("192.0.2.7", 5_001)).toBe("EPRT |1|192.0.2.7|5001|");
  expect(extendedPortCommand("fe80::7%eth0", 5_001)).toBe("EPRT |2|fe80::7|5001|");
});
