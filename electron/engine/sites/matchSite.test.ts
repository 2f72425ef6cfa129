import { expect, test } from "vitest";
import { defaultSiteSettings, type Site } from "../../../shared/models/site.ts";
import { matchSite } from "./matchSite.ts";

const site = (id: string, settings: Partial<Site>): Site => ({
  ...defaultSiteSettings,
  id,
  origin: "saved",
  folderId: null,
  position: 0,
  hasPassword: true,
  hasAccount: false,
  lastConnectedMs: null,
  host: "ftp.example.org",
  user: "me",
  ...settings,
});
const sites = [
  site("history", { origin: "quick", logon: "ask" }),
  site("saved", {}),
  site("other port", { port: 2121 }),
  site("public", { logon: "anonymous", user: "" }),
];

test.each([
  [{ host: "FTP.example.org", port: 21, logon: "ask", user: "me" }, "saved"],
  [{ host: "ftp.example.org", port: 2121, logon: "normal", user: "me" }, "other port"],
  [{ host: "ftp.example.org", port: 21, logon: "normal", user: "anonymous" }, "public"],
  [{ host: "ftp.example.org", port: 21, logon: "anonymous", user: "" }, "public"],
  [{ host: "ftp.example.org", port: 21, logon: "normal", user: "Me" }, undefined],
  [{ host: "example.org", port: 21, logon: "normal", user: "me" }, undefined],
] as const)("%j means %s", (login, id) => {
  expect(matchSite(sites, login)?.id).toBe(id);
});

test("a site of the history is found where none is saved", () => {
  expect(matchSite(sites.slice(0, 1), { host: "ftp.example.org", port: 21, logon: "normal", user: "me" })?.id).toBe(
    "history",
  );
});
