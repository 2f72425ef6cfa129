import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { contentSecurityPolicy } from "../../shared/hosting/contentSecurityPolicy.ts";
import { appSchemePrivileges, createAppResponder, isOurUrl } from "./appProtocol.ts";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "portside-app-"));
  await mkdir(join(root, "window", "assets"), { recursive: true });
  await writeFile(join(root, "secret.txt"), "secret");
  await writeFile(join(root, "window", "index.html"), "<!doctype html>");
  await writeFile(join(root, "window", "assets", "main.js"), "0");
});
afterAll(() => rm(root, { recursive: true, force: true }));

describe("app://main/", () => {
  test("serves the window with the security policy of the browser host", async () => {
    const answer = await createAppResponder(join(root, "window"), readFile)(new Request("app://main/"));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("<!doctype html>");
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("content-security-policy")).toBe(contentSecurityPolicy);
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });

  test("serves what the window loads", async () => {
    const answer = await createAppResponder(join(root, "window"), readFile)(new Request("app://main/assets/main.js"));
    expect([answer.status, await answer.text()]).toEqual([200, "0"]);
  });

  test.each(["app://main/missing.js", "app://other/index.html", "app://main/%2e%2e%2fsecret.txt", "app://main/assets"])(
    "has nothing at %s",
    async (address) => {
      const answer = await createAppResponder(join(root, "window"), readFile)(new Request(address));
      expect(answer.status).toBe(404);
      expect(answer.headers.get("content-security-policy")).toBe(contentSecurityPolicy);
    },
  );

  test("never reads outside the window's folder, whatever is asked", async () => {
    const read: string[] = [];
    const respond = createAppResponder("/srv/window", async (path) => {
      read.push(path);
      return new Uint8Array();
    });
    const part = fc.constantFrom(
      "..",
      "%2e%2e",
      "%2f",
      "%5c",
      "\\",
      "a.js",
      "assets",
      "//",
      "C:",
      "%00",
      "?",
      "#",
      "@",
      ":80",
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
        const address = `app://main/${parts.join("/")}`;
        if (URL.canParse(address)) await respond(new Request(address));
      }),
      { seed: 20261121, numRuns: 2_000 },
    );
    expect(read.length).toBeGreaterThan(0);
    expect(read.filter((path) => !path.startsWith(`${sep}srv${sep}window${sep}`))).toEqual([]);
  });

  test("is a secure origin of its own that does not bypass the security policy", () => {
    expect(appSchemePrivileges).toEqual({
      scheme: "app",
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    });
  });
});

test.each([
  ["app://main/", true],
  ["app://main/index.html#x", true],
  ["app://mainframe/", false],
  ["app://evil@main/", false],
  ["app://main:8080/", false],
  ["https://main/", false],
  ["file:///etc/passwd", false],
  ["not an address", false],
  ["", false],
])("%s is our own address: %s", (address, isOurs) => {
  expect(isOurUrl(address)).toBe(isOurs);
});
