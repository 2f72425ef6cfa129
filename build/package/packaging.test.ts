import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import configuration from "../electron-builder.config.mjs";
import { validateConfiguration } from "./validateConfiguration.ts";

const root = resolve(import.meta.dirname, "../..");

test("electron-builder accepts the configuration", async () => {
  await validateConfiguration(configuration);
});

test("electron-builder refuses what it does not know: the check above can fail", async () => {
  const wrong = { ...configuration, asarr: true };
  await expect(validateConfiguration(wrong)).rejects.toThrow("asarr");
  await expect(validateConfiguration(JSON.parse('{"linux":{"bogus":1}}'))).rejects.toThrow("configuration.linux");
});

test("package.json has what installers ask for", () => {
  const { homepage, description, author, desktopName, main } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  );
  expect([homepage, description, author.name, author.email].every(Boolean)).toBe(true);
  expect(desktopName).toBe(`${configuration.linux?.executableName}.desktop`); // or progress and badges find no window
  expect(main).toBe("dist/electron/main.js");
});

test("the icon is a PNG of 512 × 512", () => {
  const png = readFileSync(join(root, String(configuration.icon)));
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([512, 512]); // IHDR
  expect(existsSync(join(root, "build/icons/icon.svg"))).toBe(true);
});

test("what Electron can do beyond running Portside is switched off", () => {
  expect(configuration.electronFuses).toMatchObject({
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  });
});
