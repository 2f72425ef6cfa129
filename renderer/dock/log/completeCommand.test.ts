import { expect, test } from "vitest";
import { completeCommand } from "./completeCommand.ts";

const commands = ["MDTM", "MKD", "MLSD", "MLST", "SITE CHMOD", "SITE CHGRP"];

test("the only command that fits is written out, in capitals and ready for its argument", () => {
  expect(completeCommand("mk", commands)).toEqual({ line: "MKD ", candidates: [] });
});

test("several are completed as far as they agree, and named", () => {
  expect(completeCommand("ml", commands)).toEqual({ line: "MLS", candidates: ["MLSD", "MLST"] });
  expect(completeCommand("site c", commands)).toEqual({ line: "SITE CH", candidates: ["SITE CHMOD", "SITE CHGRP"] });
});

test("an empty line names everything and stays empty", () => {
  expect(completeCommand("", commands)).toEqual({ line: "", candidates: commands });
});

test("a line that nothing fits, or that has an argument already, stays as it is", () => {
  expect(completeCommand("xyz", commands)).toEqual({ line: "xyz", candidates: [] });
  expect(completeCommand("MKD a", commands)).toEqual({ line: "MKD a", candidates: [] });
});
