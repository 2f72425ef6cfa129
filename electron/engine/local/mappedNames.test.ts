import { beforeEach, describe, expect, test } from "vitest";
import { openDatabase } from "../db/openDatabase.ts";
import { portsideMigrations } from "../db/portsideSchema.ts";
import { createMappedNames, type MappedNames } from "./mappedNames.ts";

let names: MappedNames;
beforeEach(() => {
  names = createMappedNames(openDatabase(":memory:", portsideMigrations));
});

describe("the server's name of a local file", () => {
  test("is remembered by its path, the newest one counts", () => {
    names.note("/home/‛aux.txt", "aux.txt");
    names.note("/home/README (2)", "readme");
    names.note("/home/README (2)", "Readme");
    expect(names.recall("/home/‛aux.txt")).toBe("aux.txt");
    expect(names.recall("/home/README (2)")).toBe("Readme");
    expect(names.recall("/other/‛aux.txt")).toBeNull();
  });

  test.each(["", ".", "..", "a/b", "a\nb", "a\0b", "a\rb"])("is never %j, which would be no name there", (name) => {
    names.note("/home/x", name);
    expect(names.recall("/home/x")).toBeNull();
  });
});
