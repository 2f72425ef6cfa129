import { describe, expect, test } from "vitest";
import { sampleSite } from "../stores/testing/samples.ts";
import { checkDraft, draftOf, isChanged, newDraft, type SiteDraft, withEncryption } from "./siteDraft.ts";

const site = sampleSite({ id: "s1", name: "Harbour", host: "ftp.example.com", user: "ann", hasPassword: true });
const draft = draftOf(site);
const typed = (text: string) => ({ typed: text, isForgotten: false });
const forgotten = { typed: "", isForgotten: true };

function errorsOf(change: Partial<SiteDraft>) {
  return checkDraft({ ...draft, ...change }).errors;
}

test("a site that is only looked at is not changed", () => {
  expect(isChanged(draftOf(site), draft)).toBe(false);
  expect(isChanged({ ...draft, comments: "x" }, draft)).toBe(true);
  expect(isChanged({ ...draft, password: typed("secret") }, draft)).toBe(true);
  expect(isChanged({ ...draft, account: forgotten }, draft)).toBe(true);
});

test("a new site has a name and waits for its host", () => {
  expect(newDraft("Quay")).toMatchObject({ name: "Quay", host: "", port: "21", logon: "normal" });
  expect(checkDraft(newDraft("Quay")).errors).toEqual({ host: true });
});

describe("the port follows the encryption", () => {
  test("while it is the default", () => {
    const implicit = withEncryption(draft, "tls-implicit");
    expect(implicit.port).toBe("990");
    expect(withEncryption(implicit, "plain").port).toBe("21");
    expect(withEncryption({ ...draft, port: "" }, "tls-implicit").port).toBe("990");
  });

  test("but never one that the user chose", () => {
    expect(withEncryption({ ...draft, port: "2121" }, "tls-implicit").port).toBe("2121");
  });
});

describe("what is saved", () => {
  test("untouched secrets are left alone, typed ones are stored", () => {
    const asked = { ...draft, logon: "account" as const };
    expect(checkDraft(asked)).toMatchObject({ errors: null, secrets: { password: undefined, account: undefined } });
    expect(checkDraft({ ...asked, password: typed("new"), account: typed("77") })).toMatchObject({
      secrets: { password: "new", account: "77" },
    });
  });

  test.each([
    ["forgetting", { password: forgotten }],
    ["asking each time", { logon: "ask" as const }],
    ["anonymous logon", { logon: "anonymous" as const }],
  ])("%s forgets the stored password", (_what, change) => {
    expect(checkDraft({ ...draft, ...change })).toMatchObject({ secrets: { password: null, account: null } });
  });

  test("numbers are numbers, spaces around host and name go", () => {
    const checked = checkDraft({
      ...draft,
      name: " Quay ",
      host: " ftp.example.org ",
      port: "2121",
      sessionLimit: "3",
    });
    expect(checked).toMatchObject({ settings: { name: "Quay", host: "ftp.example.org", port: 2121, sessionLimit: 3 } });
  });

  test("a time zone is minutes, commands are lines, empty ones left out", () => {
    const checked = checkDraft({
      ...draft,
      timeZoneOffsetMinutes: "-3:30",
      loginCommands: "SITE UMASK 002\n\n CWD /pub\n",
    });
    expect(checked).toMatchObject({
      settings: { timeZoneOffsetMinutes: -210, loginCommands: ["SITE UMASK 002", " CWD /pub"] },
    });
  });

  test("an empty port is the encryption's own, an empty limit is Portside's", () => {
    const checked = checkDraft({ ...draft, encryption: "tls-implicit", port: " ", sessionLimit: "" });
    expect(checked).toMatchObject({ settings: { port: 990, sessionLimit: null } });
  });
});

describe("what stands in the way is named by its field", () => {
  test.each([
    ["an empty name", { name: "  " }, ["name"]],
    ["an empty host", { host: "" }, ["host"]],
    ["a host with a path", { host: "example.com/pub" }, ["host"]],
    ["a port past the end", { port: "65536" }, ["port"]],
    ["a port that is no number", { port: "ftp" }, ["port"]],
    ["a limit of nothing", { sessionLimit: "0" }, ["sessionLimit"]],
    ["a limit in words", { sessionLimit: "many" }, ["sessionLimit"]],
    ["a user of two lines", { user: "ann\r\nDELE x" }, ["user"]],
    ["a time zone by its name", { timeZoneOffsetMinutes: "Berlin" }, ["timeZoneOffsetMinutes"]],
    ["a command that Portside must send itself", { loginCommands: "NOOP\nPASV" }, ["loginCommands"]],
    ["more commands than anybody needs", { loginCommands: "NOOP\n".repeat(21) }, ["loginCommands"]],
    ["two at once", { host: "", port: "x" }, ["host", "port"]],
  ])("%s", (_what, change, fields) => expect(Object.keys(errorsOf(change) ?? {}).sort()).toEqual(fields));
});
