import type { FtpProxyServer, Login } from "../../sessions/remoteSession.ts";
import { authorityOf } from "./dataAddress.ts";

/** A line of a login, text and not yet encoded. */
export type LoginLine = {
  readonly line: string;
  /** As it may be shown and kept: secrets hidden, wherever they stand. */
  readonly shown: string;
  /** It speaks of the user's own login. A refusal of another line is the proxy's. */
  readonly isOurs: boolean;
};

export type LoginTarget = { readonly host: string; readonly port: number };

/**
 * How the user is made known to the server: by USER, PASS and ACCT (RFC 959 §5.4), or, through an FTP proxy, in the order that proxy wants
 * (no RFC: USER user@host, SITE host and OPEN host are what proxies of the last thirty years have in common).
 *
 * The lines hold %h the host (and its port, when it is not 21), %u the user, %p the password, %a the account, %s the proxy's user and
 * %w the proxy's password; %% is a percent sign. A line that names an account, a proxy user or a proxy password nobody has given is
 * left out.
 */
export function loginLines(login: Login, proxy: FtpProxyServer | null, target: LoginTarget): readonly LoginLine[] {
  const values: Readonly<Record<string, string>> = {
    h: target.port === 21 ? target.host : authorityOf(target.host, target.port),
    u: login.user,
    p: login.password,
    a: login.account ?? "",
    s: proxy?.user ?? "",
    w: proxy?.password ?? "",
    "%": "%",
  };
  const shown = { ...values, p: "****", a: "****", w: "****" };
  return templatesOf(proxy)
    .filter((template) => template.trim() !== "" && namesOf(template).every((name) => !isLeftOut(name, values)))
    .map((template) => ({
      line: fill(template, values),
      shown: fill(template, shown),
      isOurs: namesOf(template).some((name) => "upa".includes(name)),
    }));
}

const direct = ["USER %u", "PASS %p", "ACCT %a"];
const toProxy = ["USER %s", "PASS %w"];

function templatesOf(proxy: FtpProxyServer | null): readonly string[] {
  switch (proxy?.kind) {
    case undefined:
      return direct;
    case "user@host":
      return [...toProxy, "USER %u@%h", "PASS %p", "ACCT %a"];
    case "site":
      return [...toProxy, "SITE %h", ...direct];
    case "open":
      return [...toProxy, "OPEN %h", ...direct];
    case "custom":
      return proxy.loginSequence;
  }
}

const placeholder = /%([hupasw%])/g;

function namesOf(template: string): readonly string[] {
  return [...template.matchAll(placeholder)].map(([, name = ""]) => name);
}

function isLeftOut(name: string, values: Readonly<Record<string, string>>): boolean {
  return "asw".includes(name) && values[name] === "";
}

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(placeholder, (whole, name: string) => values[name] ?? whole);
}
