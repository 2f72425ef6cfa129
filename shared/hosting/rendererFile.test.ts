import { posix, win32 } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { findRendererFile } from "./rendererFile.ts";

test.each([
  ["/", ["index.html"], "text/html; charset=utf-8", "no-store"],
  ["/index.html", ["index.html"], "text/html; charset=utf-8", "no-store"],
  ["/favicon.svg", ["favicon.svg"], "image/svg+xml", "no-store"],
  [
    "/assets/index-B1x_.js",
    ["assets", "index-B1x_.js"],
    "text/javascript; charset=utf-8",
    "private, max-age=31536000, immutable",
  ],
  ["/assets/inter.woff2", ["assets", "inter.woff2"], "font/woff2", "private, max-age=31536000, immutable"],
])("%s is a file of the window", (pathname, segments, contentType, cacheControl) => {
  expect(findRendererFile(pathname)).toEqual({ segments, contentType, cacheControl });
});

test.each([
  "",
  "index.html",
  "//",
  "//evil.example/x.js",
  "/..",
  "/../package.json",
  "/assets/../../package.json",
  "/%2e%2e/package.json",
  "/..%2fpackage.json",
  "/%2e%2e%5cpackage.json",
  "/..\\package.json",
  "/C:/windows/win.txt",
  "/C%3a%5cx.txt",
  "/x.txt::$DATA",
  "/assets/",
  "/.env.json",
  "/assets/.hidden.js",
  "/a.js%00.png",
  "/%E0%A4%A.js",
  "/index.html.",
  "/main.js.map",
  "/noextension",
  "/x.constructor",
  "/__proto__",
])("%j is none", (pathname) => {
  expect(findRendererFile(pathname)).toBeNull();
});

test("whatever the path, the file lies inside the folder, on every system", () => {
  const nasty = fc.constantFrom(
    "..",
    ".",
    "/",
    "\\",
    "%2e",
    "%2f",
    "%5c",
    "%00",
    "C:",
    "~",
    "assets",
    "a.js",
    ".js",
    "%",
    "é",
    "",
  );
  const pathname = fc.oneof(
    fc.array(nasty, { maxLength: 8 }).map((parts) => `/${parts.join("")}`),
    fc.array(nasty, { maxLength: 8 }).map((parts) => `/${parts.join("/")}`),
    fc.webPath(),
    fc.string({ unit: "binary" }).map((text) => `/${text}`),
  );
  fc.assert(
    fc.property(pathname, (path) => {
      const file = findRendererFile(path);
      if (file === null) return true;
      const onPosix = posix.join("/srv/window", ...file.segments);
      const onWindows = win32.join("C:\\window", ...file.segments);
      return onPosix.startsWith("/srv/window/") && onWindows.startsWith("C:\\window\\");
    }),
    { seed: 20261121, numRuns: 2_000 },
  );
});
