import { AppError, toAppError } from "../../../shared/errors/appError.ts";
import type { ServerFacts } from "../../../shared/models/serverFacts.ts";
import type { Settings } from "../../../shared/models/settings.ts";
import type { Site } from "../../../shared/models/site.ts";
import type { Direction } from "../../../shared/models/transfer.ts";
import type { Ask, Clock, SessionLog } from "../ports.ts";
import { createShared } from "../util/shared.ts";
import type {
  Allowance,
  DataConnectionOptions,
  KnownLogin,
  Login,
  OpenSession,
  OpenSessionOptions,
  RemoteSession,
  TlsSettings,
} from "./remoteSession.ts";
import { findRoute } from "./siteRoute.ts";

export type SessionOpenerParts = {
  readonly openSession: OpenSession;
  readonly sites: {
    readonly get: (id: string) => Site;
    readonly password: (id: string) => Promise<string | null>;
    readonly account: (id: string) => Promise<string | null>;
    readonly noteConnected: (id: string, atMs: number) => void;
  };
  readonly passwords: {
    readonly keep: (siteId: string, password: string) => void;
    readonly recall: (siteId: string) => string | null;
    readonly forget: (siteId: string) => void;
  };
  readonly accounts: { readonly recall: (siteId: string) => string | null };
  /** Starts the demo server when it does not run. */
  readonly ensureDemo: () => Promise<{ readonly port: number; readonly user: string; readonly password: string }>;
  readonly trust: OpenSessionOptions["trust"];
  readonly serverFacts: {
    readonly recall: (address: { readonly host: string; readonly port: number }) => ServerFacts;
    readonly note: (address: { readonly host: string; readonly port: number }, news: Partial<ServerFacts>) => void;
  };
  readonly ask: Ask;
  readonly encryptedHosts: {
    readonly has: (host: string, port: number) => boolean;
    readonly note: (host: string, port: number) => void;
  };
  /** How its names are read, now: "auto" or a label. */
  readonly encodingOf: (siteId: string) => string;
  /** A PEM file of the user's. */
  readonly readText: (path: string) => Promise<string>;
  readonly settings: () => Settings;
  /** How fast a transfer with a site may go. */
  readonly speed: (siteId: string, direction: Direction) => Allowance;
  /** null when none is kept. */
  readonly proxyPassword: (name: "proxy" | "ftpProxy") => Promise<string | null>;
  readonly log: { readonly sessionLog: (label: string) => SessionLog; readonly hideSecret: (secret: string) => void };
  readonly clock: Clock;
};

/** RFC 1635 §4.1 asks for a mail address as the password; servers want its shape, and nobody's real one is their business. */
const anonymousLogin: Login = { user: "anonymous", password: "anonymous@example.invalid", account: null };

/** Opens sessions of a site: finds its login, asks where it must, remembers in this run what the user typed. */
export function createSessionOpener(parts: SessionOpenerParts) {
  const { sites, passwords, accounts, log } = parts;
  const askOnce = createShared<string | null>();
  /** What worked last for data connections. */
  const wayMemory = (address: { readonly host: string; readonly port: number }): DataConnectionOptions["memory"] => ({
    recall: () => parts.serverFacts.recall(address).dataWay,
    note: (dataWay) => parts.serverFacts.note(address, { dataWay }),
  });

  const knownLogins = new Map<string, KnownLogin>();
  const loginKey = (user: string, host: string, port: number) => `${user}@${host}:${port}`;
  const loginMemory = (key: string): NonNullable<OpenSessionOptions["logins"]> => ({
    recall: () => knownLogins.get(key) ?? null,
    note: (login) => void knownLogins.set(key, login),
  });

  /** Hosts that the user lets go on without encryption in this run. */
  const allowedPlain = new Set<string>();
  const askPlainOnce = createShared<boolean>();

  /** A host that has encrypted before and no longer does may be somebody in between: the user decides before anything secret goes out. */
  const allowPlain = async (site: Site, host: string, port: number, signal: AbortSignal): Promise<boolean> => {
    const address = `${host}:${port}`;
    const isSecret = site.logon !== "anonymous";
    if (!isSecret || !parts.encryptedHosts.has(host, port) || allowedPlain.has(address)) return true;
    const proceeds = await askPlainOnce(
      address,
      async (asking) => (await parts.ask({ kind: "downgrade", host, port }, asking)).proceeds,
      signal,
    );
    if (proceeds) allowedPlain.add(address);
    return proceeds;
  };

  const findTlsSettings = async (site: Site): Promise<TlsSettings> => {
    const { minTlsVersion: minVersion, clientCertificate, clientKey } = site;
    if (site.encryption === "plain" || clientCertificate === "") return { minVersion, client: null };
    const cert = await parts.readText(clientCertificate);
    const key = clientKey === "" ? cert : await parts.readText(clientKey);
    return { minVersion, client: { cert, key } };
  };

  const askPassword = async ({ id, name, host, user }: Site, signal: AbortSignal) => {
    const answer = await parts.ask({ kind: "password", siteId: id, siteName: name, host, user }, signal);
    return answer.password;
  };

  const findPassword = async (site: Site, signal: AbortSignal): Promise<string> => {
    const known = passwords.recall(site.id) ?? (site.logon === "ask" ? null : await sites.password(site.id));
    if (known !== null) return known;
    // However many sessions wait for it, the user sees one question.
    const typed = await askOnce(site.id, (asking) => askPassword(site, asking), signal);
    if (typed === null) throw new AppError("login-rejected", "No password was given");
    passwords.keep(site.id, typed);
    return typed;
  };

  const findLogin = async (site: Site, signal: AbortSignal): Promise<Login> => {
    if (site.logon === "anonymous") return anonymousLogin;
    const password = await findPassword(site, signal);
    log.hideSecret(password);
    const account = site.logon === "account" ? (accounts.recall(site.id) ?? (await sites.account(site.id))) : null;
    if (account !== null) log.hideSecret(account);
    return { user: site.user, password, account };
  };

  const findAddress = async (site: Site, signal: AbortSignal) => {
    if (site.origin !== "demo") return { host: site.host, port: site.port, login: await findLogin(site, signal) };
    const { port, user, password } = await parts.ensureDemo();
    log.hideSecret(password);
    return { host: "127.0.0.1", port, login: { user, password, account: null } };
  };

  return async (siteId: string, label: string, signal: AbortSignal): Promise<RemoteSession> => {
    const site = sites.get(siteId);
    const { host, port, login } = await findAddress(site, signal);
    const { timeoutMs } = parts.settings();
    const { proxy, ftpProxy } = await findRoute(site, parts.settings(), parts.proxyPassword);
    for (const server of [proxy, ftpProxy]) if (server !== null) log.hideSecret(server.password);
    const options: OpenSessionOptions = {
      label,
      host,
      port,
      login,
      proxy,
      ftpProxy,
      sendsHost: site.sendsHost,
      loginCommands: site.loginCommands,
      encryption: site.encryption,
      encoding: () => parts.encodingOf(siteId),
      zoneOffsetMinutes: site.timeZoneOffsetMinutes,
      timeoutMs,
      dataConnections: dataConnectionsOf(site, parts.settings(), wayMemory({ host, port })),
      compresses: site.compresses,
      tls: await findTlsSettings(site),
      trust: parts.trust,
      allowPlain: (asking) => allowPlain(site, host, port, asking),
      facts: {
        recall: () => parts.serverFacts.recall({ host, port }),
        note: (facts) => parts.serverFacts.note({ host, port }, facts),
      },
      logins: loginMemory(loginKey(login.user, host, port)),
      speed: (direction) => parts.speed(siteId, direction),
      log: log.sessionLog(label),
      clock: parts.clock,
    };
    try {
      const session = await parts.openSession(options, signal);
      if (session.security.encrypted) parts.encryptedHosts.note(host, port);
      sites.noteConnected(siteId, parts.clock.now());
      return session;
    } catch (thrown) {
      const error = toAppError(thrown);
      knownLogins.delete(loginKey(login.user, host, port)); // the next one goes step by step
      if (error.kind !== "cancelled") options.log.error(error.message);
      if (error.kind === "login-rejected") passwords.forget(siteId); // the next try by the user asks again
      throw error;
    }
  };
}

function dataConnectionsOf(
  { transferMode, allowsForeignAddress }: Site,
  { fallsBackToActive, activeFirstPort, activeLastPort, externalAddress }: Settings,
  memory: DataConnectionOptions["memory"],
): DataConnectionOptions {
  return {
    mode: transferMode,
    fallsBackToActive,
    ports: activeFirstPort === 0 ? null : { first: activeFirstPort, last: Math.max(activeFirstPort, activeLastPort) },
    externalAddress,
    allowsForeignAddress,
    memory,
  };
}
