import { expect, test } from "vitest";
import { defaultSiteSettings, type Site } from "../../../shared/models/site.ts";
import { createSiteEncodings } from "./siteEncodings.ts";

function setUp() {
  const changed: string[] = [];
  let site: Site = {
    ...defaultSiteSettings,
    ...{
      id: "a",
      origin: "saved",
      folderId: null,
      position: 0,
      hasPassword: false,
      hasAccount: false,
      lastConnectedMs: null,
    },
    encoding: "koi8-r",
  };
  const encodings = createSiteEncodings({
    sites: {
      find: (id) => (id === "a" ? site : null),
      change: async (_, settings) => {
        site = { ...site, ...settings };
        encodings.forget("a");
      },
    },
    isEncoding: (label) => label !== "klingon",
    onChanged: (siteId) => changed.push(siteId),
  });
  return { encodings, changed, site: () => site };
}

test("a site says how its names are read, until another way is chosen for this run", async () => {
  const { encodings, changed, site } = setUp();
  expect([encodings.of("a"), encodings.of("gone")]).toEqual(["koi8-r", "auto"]);
  await encodings.choose("a", "big5", false);
  expect([encodings.of("a"), site().encoding, changed]).toEqual(["big5", "koi8-r", ["a"]]);
  encodings.forget("a");
  expect(encodings.of("a")).toBe("koi8-r");
});

test("what is kept stands in the site, and a later change of the site counts again", async () => {
  const { encodings, site } = setUp();
  await encodings.choose("a", "big5", true);
  expect([encodings.of("a"), site().encoding]).toEqual(["big5", "big5"]);
});

test("an encoding nobody knows changes nothing", async () => {
  const { encodings, changed } = setUp();
  await expect(encodings.choose("a", "klingon", true)).rejects.toMatchObject({ kind: "invalid-input" });
  expect([encodings.of("a"), changed]).toEqual(["koi8-r", []]);
});
