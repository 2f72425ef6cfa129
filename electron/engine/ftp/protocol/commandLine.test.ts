import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeCommand, maskCommand } from "./commandLine.ts";

describe("encodeCommand", () => {
  test("writes one line of bytes", () => {
    expect(encodeCommand("RETR a\xe4b")).toEqual(Buffer.from([...Buffer.from("RETR a"), 0xe4, 0x62, 13, 10]));
  });

  test.each(["a\r\nDELE b", "a\nDELE b", "a\rDELE b", "a\0b"])(
    "refuses %j, which would carry a second command",
    (name) => {
      expect(() => encodeCommand(`RETR ${name}`)).toThrow(expect.objectContaining({ kind: "invalid-input" }));
    },
  );

  test("refuses text that nobody has encoded", () => {
    expect(() => encodeCommand("RETR 中")).toThrow(expect.objectContaining({ kind: "invalid-input" }));
  });

  test("doubles byte 255, the Telnet escape, unless the server takes it literally", () => {
    expect(encodeCommand("DELE \xff").subarray(5)).toEqual(Buffer.from([255, 255, 13, 10]));
    expect(encodeCommand("DELE \xff", "literal").subarray(5)).toEqual(Buffer.from([255, 13, 10]));
  });

  test("never lets out more than one line end, whatever the name", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (name) => {
        let sent: Buffer;
        try {
          sent = encodeCommand(`STOR ${name}`);
        } catch {
          return;
        }
        expect(sent.subarray(-2)).toEqual(Buffer.from("\r\n"));
        expect([...sent.subarray(0, -2)].some((byte) => byte === 13 || byte === 10 || byte === 0)).toBe(false);
      }),
      { seed: 959, numRuns: 2000 },
    );
  });
});

describe("maskCommand", () => {
  test.each([
    ["PASS secret word", "PASS ****"],
    ["pass x", "pass ****"],
    ["ACCT 77", "ACCT ****"],
    ["SITE PSWD old new", "SITE PSWD ****"],
    ["USER demo", "USER demo"],
    ["PASV", "PASV"],
  ])("shows %j as %j", (line, shown) => {
    expect(maskCommand(line)).toBe(shown);
  });
});
