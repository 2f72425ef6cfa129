import { describe, expect, test } from "vitest";
import { defaultSiteSettings, type Site } from "../../shared/models/site.ts";
import { planQuickConnect, type QuickFields, spreadAddress } from "./quickConnectPlan.ts";

const site = (name: string, origin: Site["origin"] = "saved"): Site => ({
  ...defaultSiteSettings,
  name,
  origin,
  id: `id of ${name}`,
  folderId: null,
  position: 1,
  hasPassword: false,
  hasAccount: false,
  lastConnectedMs: null,
});
const fields = (typed: Partial<QuickFields>): QuickFields => ({ host: "", user: "", password: "", port: "", ...typed });

describe("planQuickConnect", () => {
  test("the name of a saved site opens that site", () => {
    const sites = [site("Harbour Works"), site("old", "quick")];
    expect(planQuickConnect(fields({ host: "harbour works" }), sites)).toEqual({
      kind: "site",
      siteId: "id of Harbour Works",
    });
    expect(planQuickConnect(fields({ host: "old" }), sites)).toMatchObject({
      kind: "address",
      settings: { host: "old" },
    });
  });

  test("host, user, password and port make an address", () => {
    const plan = planQuickConnect(fields({ host: "example.org", user: "mira", password: "s p", port: "2121" }), []);
    expect(plan).toMatchObject({
      kind: "address",
      settings: {
        name: "mira@example.org",
        host: "example.org",
        port: 2121,
        user: "mira",
        logon: "normal",
        encryption: "tls-if-available",
      },
      password: "s p",
      path: null,
    });
  });

  test("without a user it is an anonymous login without a password", () => {
    expect(planQuickConnect(fields({ host: "example.org" }), [])).toMatchObject({
      settings: { logon: "anonymous", user: "", port: 21 },
      password: undefined,
    });
  });

  test("a whole address says everything, and filled fields say it louder", () => {
    const host = "ftps://u:p@example.org:2990/pub";
    expect(planQuickConnect(fields({ host }), [])).toMatchObject({
      settings: { encryption: "tls-implicit", port: 2990, user: "u" },
      password: "p",
      path: "/pub",
    });
    expect(planQuickConnect(fields({ host, user: "v", port: "21" }), [])).toMatchObject({
      settings: { user: "v", port: 21 },
    });
  });

  test.each([
    [{ host: "" }, "empty"],
    [{ host: "http://example.org" }, "scheme"],
    [{ host: "example.org", port: "70000" }, "port"],
  ])("says what is wrong with %j", (typed, problem) =>
    expect(planQuickConnect(fields(typed), [])).toEqual({ kind: "wrong", problem }),
  );
});

describe("spreadAddress", () => {
  test("takes the login out of an address, so that the password is not left readable", () => {
    expect(spreadAddress(fields({ host: "ftp://mira:p%40ss@example.org:2121/pub" }))).toEqual(
      fields({ host: "ftp://example.org:2121/pub", user: "mira", password: "p@ss" }),
    );
  });

  test("leaves a plain host alone", () => expect(spreadAddress(fields({ host: "example.org:2121" }))).toBeNull());
});
