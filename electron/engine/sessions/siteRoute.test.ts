import { expect, test } from "vitest";
import { defaultSettings, type Settings } from "../../../shared/models/settings.ts";
import { defaultSiteSettings, type Site } from "../../../shared/models/site.ts";
import { findRoute } from "./siteRoute.ts";

const site: Site = {
  ...defaultSiteSettings,
  ...{
    id: "s1",
    origin: "saved",
    folderId: null,
    position: 0,
    hasPassword: false,
    hasAccount: false,
    lastConnectedMs: null,
  },
};
const settings: Settings = {
  ...defaultSettings,
  proxy: { kind: "socks5", host: "relay", port: 1080, user: "ann" },
  ftpProxy: { kind: "site", host: "gate", port: 21, user: "", loginSequence: [] },
};
const direct = { proxy: null, ftpProxy: null };
const passwordOf = async (name: string) => (name === "proxy" ? "sesame" : null);

test("a site goes through the proxies of the settings, with their passwords", async () => {
  expect(await findRoute(site, settings, passwordOf)).toEqual({
    proxy: { kind: "socks5", host: "relay", port: 1080, user: "ann", password: "sesame" },
    ftpProxy: { kind: "site", host: "gate", port: 21, user: "", password: "", loginSequence: [] },
  });
});

test("without proxies it goes directly, and so do a site that bypasses them and the demo", async () => {
  expect(await findRoute(site, defaultSettings, passwordOf)).toEqual(direct);
  expect(await findRoute({ ...site, bypassesProxy: true }, settings, passwordOf)).toEqual(direct);
  expect(await findRoute({ ...site, origin: "demo" }, settings, passwordOf)).toEqual(direct);
});

test("a proxy that is chosen but not named is not silently gone around", async () => {
  const unnamed = { ...settings, proxy: { ...settings.proxy, host: "" } };
  await expect(findRoute(site, unnamed, passwordOf)).rejects.toMatchObject({ kind: "proxy-failed" });
});
