import { expect, test } from "vitest";
import { readExtensions } from "./readExtensions.ts";

test.each([
  ["txt html", ["txt", "html"]],
  [".TXT, *.html;md|TXT\n", ["txt", "html", "md"]],
  ["tar.gz", ["tar.gz"]],
  [" , ", []],
  ["", []],
])("%j lists %j", (text, extensions) => expect(readExtensions(text)).toEqual(extensions));
