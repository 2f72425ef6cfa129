import type { EngineApi } from "../../shared/contract/contract.ts";
import { AppError } from "../../shared/errors/appError.ts";
import type { Connection, ConnectionStatus } from "../../shared/models/connection.ts";
import type { CertificateFacts } from "../../shared/models/prompt.ts";
import { defaultSiteSettings, type Site, type SiteFolder, type SiteSettings } from "../../shared/models/site.ts";
import { createNews } from "./createNews.ts";

export type StageSites = Pick<
  EngineApi,
  | "sites.watch"
  | "sites.create"
  | "sites.change"
  | "sites.duplicate"
  | "sites.remove"
  | "sites.createFolder"
  | "sites.changeFolder"
  | "sites.removeFolder"
  | "sites.move"
  | "sites.remember"
  | "sites.forgetRecent"
  | "sites.openDemo"
  | "connections.watch"
  | "connections.setEncoding"
  | "connections.open"
  | "connections.reconnect"
  | "connections.close"
  | "connections.command"
  | "connections.offeredCommands"
  | "connections.describeServer"
  | "connections.forgetServer"
>;

export const sampleCertificate: CertificateFacts = {
  subject: "CN=ftp.harbour.example, O=Harbour Works, C=NO",
  names: ["ftp.harbour.example", "files.harbour.example"],
  issuer: "CN=Harbour Works Root R1, O=Harbour Works, C=NO",
  validFromMs: Date.UTC(2026, 2, 1),
  validToMs: Date.UTC(2027, 2, 1),
  fingerprint256: Array.from({ length: 32 }, (_, index) =>
    ((index * 37 + 11) % 256).toString(16).padStart(2, "0").toUpperCase(),
  ).join(":"),
};

/** Sites and connections of the stage. A host called "refused.example" refuses. */
export function createStageSites(scene: ReadonlySet<string>): StageSites {
  const news = createNews<{ revision: number; folders: SiteFolder[]; sites: Site[] }>({
    revision: 0,
    folders: scene.has("empty") ? [] : [{ id: "f1", folderId: null, name: "Clients", position: 1, isExpanded: true }],
    sites: scene.has("empty") ? [] : sampleSites(),
  });
  const connections = createNews<{ revision: number; connections: Connection[] }>({ revision: 0, connections: [] });
  let lastId = 100;

  const changeSites = (edit: (sites: Site[]) => Site[]): void =>
    news.set({ ...news.get(), revision: news.get().revision + 1, sites: edit(news.get().sites) });
  const changeFolders = (edit: (folders: SiteFolder[]) => SiteFolder[]): void =>
    news.set({ ...news.get(), revision: news.get().revision + 1, folders: edit(news.get().folders) });
  const addSite = (settings: SiteSettings, rest: Partial<Site>): string => {
    const id = `s${++lastId}`;
    changeSites((sites) => [
      ...sites,
      {
        ...settings,
        id,
        origin: "saved",
        folderId: null,
        position: lastId,
        hasPassword: false,
        hasAccount: false,
        lastConnectedMs: null,
        ...rest,
      },
    ]);
    return id;
  };
  const setStatus = (id: string, status: ConnectionStatus, startPath: string | null): void => {
    const { revision, connections: known } = connections.get();
    connections.set({
      revision: revision + 1,
      connections: known.map((connection) =>
        connection.id === id ? { ...connection, status, startPath } : connection,
      ),
    });
  };
  const logIn = (id: string, site: Site): void => {
    setStatus(id, { state: "connecting" }, null);
    setTimeout(() => {
      if (site.host === "refused.example") {
        const error = { kind: "connection-refused" as const, message: "connect ECONNREFUSED 192.0.2.7:21" };
        return setStatus(id, { state: "failed", error }, null);
      }
      changeSites((sites) =>
        sites.map((known) => (known.id === site.id ? { ...known, lastConnectedMs: Date.now() } : known)),
      );
      setStatus(id, connectedStatus(site), site.remoteFolder || "/public_html");
    }, 120);
  };

  return {
    "sites.watch": (_input, emit) => news.watch(emit),
    "sites.create": async ({ settings, folderId, password, account }) => ({
      id: addSite(settings, { folderId, hasPassword: Boolean(password), hasAccount: Boolean(account) }),
    }),
    "sites.change": async ({ id, settings, password, account }) => {
      changeSites((sites) =>
        sites.map((site) =>
          site.id === id
            ? {
                ...site,
                ...(settings as Partial<SiteSettings>),
                hasPassword: password === undefined ? site.hasPassword : password !== null,
                hasAccount: account === undefined ? site.hasAccount : account !== null,
              }
            : site,
        ),
      );
      return {};
    },
    "sites.duplicate": async ({ id }) => {
      const site = siteOf(id);
      return {
        id: addSite({ ...site, name: `${site.name} (2)` }, { folderId: site.folderId, position: site.position + 0.5 }),
      };
    },
    "sites.remove": async ({ id }) => {
      changeSites((sites) => sites.filter((site) => site.id !== id));
      return {};
    },
    "sites.createFolder": async ({ name, folderId }) => {
      const id = `f${++lastId}`;
      changeFolders((folders) => [...folders, { id, name, folderId, position: lastId, isExpanded: true }]);
      return { id };
    },
    "sites.changeFolder": async ({ id, ...change }) => {
      changeFolders((folders) =>
        folders.map((folder) =>
          folder.id === id
            ? { ...folder, name: change.name ?? folder.name, isExpanded: change.isExpanded ?? folder.isExpanded }
            : folder,
        ),
      );
      return {};
    },
    "sites.removeFolder": async ({ id }) => {
      changeSites((sites) => sites.filter((site) => site.folderId !== id));
      changeFolders((folders) => folders.filter((folder) => folder.id !== id));
      return {};
    },
    "sites.move": async ({ id, folderId, beforeId }) => {
      const before = [...news.get().sites, ...news.get().folders].find((node) => node.id === beforeId);
      const place = { folderId, position: before ? before.position - 0.01 : ++lastId };
      changeSites((sites) => sites.map((site) => (site.id === id ? { ...site, ...place } : site)));
      changeFolders((folders) => folders.map((folder) => (folder.id === id ? { ...folder, ...place } : folder)));
      return {};
    },
    "sites.remember": async ({ settings }) => {
      const known = news
        .get()
        .sites.find(
          (site) => site.host === settings.host && site.user === settings.user && site.port === settings.port,
        );
      return { id: known?.id ?? addSite(settings, { origin: "quick" }) };
    },
    "sites.forgetRecent": async () => {
      changeSites((sites) => sites.filter((site) => site.origin !== "quick"));
      return {};
    },
    "sites.openDemo": async () => {
      const known = news.get().sites.find((site) => site.origin === "demo");
      return {
        id:
          known?.id ??
          addSite(
            { ...defaultSiteSettings, name: "Demo server", port: 40021, user: "demo" },
            { origin: "demo", hasPassword: true },
          ),
      };
    },
    "connections.watch": (_input, emit) => connections.watch(emit),
    "connections.open": async ({ siteId }) => {
      const site = siteOf(siteId);
      const id = `c${++lastId}`;
      const { revision, connections: known } = connections.get();
      connections.set({
        revision: revision + 1,
        connections: [
          ...known,
          {
            id,
            siteId,
            siteName: site.name,
            encoding: site.encoding,
            status: { state: "connecting" },
            startPath: null,
          },
        ],
      });
      logIn(id, site);
      return { connectionId: id };
    },
    "connections.reconnect": async ({ connectionId }) => {
      const connection = connections.get().connections.find(({ id }) => id === connectionId);
      if (connection) logIn(connectionId, siteOf(connection.siteId));
      return {};
    },
    "connections.close": async ({ connectionId }) => {
      setStatus(connectionId, { state: "closed" }, null);
      return {};
    },
    "connections.setEncoding": async ({ connectionId, encoding }) => {
      const { revision, connections: known } = connections.get();
      const changed = known.map((each) => (each.id === connectionId ? { ...each, encoding } : each));
      connections.set({ revision: revision + 1, connections: changed });
      return {};
    },
    "connections.command": async () => ({ replies: [{ code: 200, text: "As on every stage." }], data: null }),
    "connections.describeServer": async () => ({
      facts: [
        { name: "setModified", value: "MFMT", learntMs: Date.now() - 90_000_000 },
        { name: "dataWay", value: "EPSV", learntMs: Date.now() - 300_000 },
        { name: "sessionCeiling", value: 4, learntMs: Date.now() - 7_200_000 },
      ],
      abilities: {
        resumeDownload: true,
        resumeUpload: true,
        setModified: true,
        checksum: true,
        copy: true,
        createLink: true,
      },
      freeBytes: 48_000_000_000,
    }),
    "connections.forgetServer": async () => ({}),
    "connections.offeredCommands": async () => ({ commands: ["FEAT", "HELP", "NOOP", "PWD", "STAT"] }),
  };

  function siteOf(id: string): Site {
    const site = news.get().sites.find((known) => known.id === id);
    if (!site) throw new AppError("not-found", `No site ${id}.`);
    return site;
  }
}

function connectedStatus(site: Site): ConnectionStatus {
  const encrypted = site.encryption !== "plain" && site.origin !== "demo";
  return {
    state: "connected",
    security: {
      encrypted,
      dataProtected: encrypted,
      protocol: encrypted ? "TLSv1.3" : null,
      cipher: encrypted ? "TLS_AES_256_GCM_SHA384" : null,
      certificate: encrypted ? sampleCertificate : null,
    },
    system: "UNIX Type: L8",
    encoding: "utf-8",
    offers: { checksum: true, copy: true, createLink: true },
  };
}

function sampleSites(): Site[] {
  const sites: [string, string, Site["colour"], string | null, Partial<Site>][] = [
    [
      "Harbour Works",
      "ftp.harbour.example",
      "blue",
      "f1",
      { encryption: "tls-required", lastConnectedMs: Date.now() - 3_600_000 },
    ],
    ["Studio Nord", "files.studio-nord.example", "green", "f1", {}],
    ["Print shop", "refused.example", "orange", null, { encryption: "plain" }],
    ["公司网站", "www.example.cn", "red", null, { encoding: "gb18030" }],
    [
      "mirror@archive.example",
      "archive.example",
      "none",
      null,
      { origin: "quick", lastConnectedMs: Date.now() - 60_000 },
    ],
  ];
  return sites.map(([name, host, colour, folderId, rest], index) => ({
    ...defaultSiteSettings,
    allowsFxp: true,
    name,
    host,
    colour,
    user: "mira",
    id: `s${index + 1}`,
    origin: "saved",
    folderId,
    position: index + 2,
    hasPassword: true,
    hasAccount: false,
    lastConnectedMs: null,
    ...rest,
  }));
}
