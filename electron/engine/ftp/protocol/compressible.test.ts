import { expect, test } from "vitest";
import { isCompressible } from "./compressible.ts";

test.each([
  "/a/notes.txt",
  "/LOG.TXT",
  "/x/data.csv",
  "/é.html",
  "/scan.bmp",
  "/dump.sql",
  "/a.zip/readme.md",
  "/v1.2.json",
])("%s shrinks", (path) => {
  expect(isCompressible(path)).toBe(true);
});

test.each([
  "/a.zip",
  "/photo.jpg",
  "/film.mp4",
  "/song.mp3",
  "/letter.docx",
  "/backup.tar.gz",
  "/README",
  "/.txt",
  "/notes.txt/",
  "/a.txt/file",
  "/page.html.br",
  "/file.",
])("%s travels as it is", (path) => {
  expect(isCompressible(path)).toBe(false);
});
