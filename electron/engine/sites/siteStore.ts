import { randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { AppError } from "../../../shared/errors/appError.ts";
import {
  type Logon,
  type Site,
  type SiteFolder,
  type SiteSettings,
  siteSettingsSchema,
} from "../../../shared/models/site.ts";
import { inTransaction } from "../db/openDatabase.ts";
import type { Secrets } from "../ports.ts";
import { applyChanges, type Changes } from "../util/changes.ts";
import { createListeners } from "../util/listeners.ts";
import { differsInLogin, isSameLogin, keepsAccount, keepsPassword } from "./siteLogin.ts";
import { readFolderRow, readSiteRow, type StoredSite } from "./siteRows.ts";
import { prepareSiteStatements } from "./siteStatements.ts";

export type SiteTree = {
  readonly revision: number;
  readonly folders: readonly SiteFolder[];
  readonly sites: readonly Site[];
};

/** undefined: leave as it is; null: forget it; text: keep it sealed. */
export type SecretChange = string | null | undefined;
export type SecretChanges = { readonly password?: SecretChange; readonly account?: SecretChange };

/** What happened to a site: `login` says that its address or what it logs in with changed, `encoding` how its names are to be read. */
export type SiteChange = { readonly siteId: string; readonly what: "login" | "encoding" | "removed" };

/** Whether transfers that are not done belong to a site. */
export type IsNeeded = (siteId: string) => boolean;

export type SiteStore = {
  readonly tree: () => SiteTree;
  readonly watch: (emit: (tree: SiteTree) => void) => () => void;
  readonly watchChanges: (changed: (change: SiteChange) => void) => () => void;
  /** null when there is no such site. */
  readonly find: (id: string) => Site | null;
  /** Rejects with `not-found`. */
  readonly get: (id: string) => Site;
  /** The password in clear, for login alone; null when none is kept. */
  readonly password: (id: string) => Promise<string | null>;
  /** What the server may ask for besides, likewise. */
  readonly account: (id: string) => Promise<string | null>;
  readonly create: (settings: SiteSettings, folderId: string | null, secrets: SecretChanges) => Promise<string>;
  readonly change: (id: string, settings: Changes<SiteSettings>, secrets: SecretChanges) => Promise<void>;
  readonly duplicate: (id: string) => string;
  /** A site that transfers still need leaves the tree but stays in the history, so that they find their way. */
  readonly remove: (id: string, isNeeded: IsNeeded) => void;
  readonly createFolder: (name: string, folderId: string | null) => string;
  readonly changeFolder: (id: string, change: Changes<Pick<SiteFolder, "name" | "isExpanded">>) => void;
  /** With everything in it, each site as by `remove`. */
  readonly removeFolder: (id: string, isNeeded: IsNeeded) => void;
  /** A folder never goes into itself: `invalid-input`. */
  readonly move: (id: string, folderId: string | null, beforeId: string | null) => void;
  /** Quick connect: the quick site with this address and user, made when there is none. */
  readonly remember: (settings: SiteSettings, secrets: SecretChanges) => Promise<string>;
  readonly forgetRecent: (isNeeded: IsNeeded) => void;
  /** The one site of the demo server. */
  readonly rememberDemo: (settings: SiteSettings) => string;
  readonly noteConnected: (id: string, atMs: number) => void;
};

export type SiteStoreParts = {
  readonly db: DatabaseSync;
  readonly secrets: Secrets;
  /** Told about rows that cannot be read; they are left where they are. */
  readonly onDamaged: (count: number) => void;
};

/** Sites and their folders. SQLite is the truth; every change is one transaction, then everybody hears the new tree. */
export function createSiteStore({ db, secrets, onDamaged }: SiteStoreParts): SiteStore {
  const sql = prepareSiteStatements(db);
  const trees = createListeners<SiteTree>();
  const changes = createListeners<SiteChange>();
  /** Parsed rows, until the next change: the queue asks for names many times a second. */
  const known = new Map<string, StoredSite>();
  let revision = 0;
  let toldDamaged = 0;

  const tree = (): SiteTree => {
    const folders = sql.allFolders.all().map(readFolderRow);
    const sites = sql.allSites.all().map(readSiteRow);
    const damaged = [...folders, ...sites].filter((row) => row === null).length;
    if (damaged > toldDamaged) onDamaged(damaged);
    toldDamaged = damaged;
    return {
      revision,
      folders: folders.filter((folder) => folder !== null),
      sites: sites.flatMap((stored) => (stored ? [stored.site] : [])),
    };
  };

  /** Commits, then tells. */
  const commit = <T>(work: () => T): T => {
    const result = inTransaction(db, work);
    known.clear();
    revision++;
    if (trees.count() > 0) trees.tell(tree());
    return result;
  };

  const findStored = (id: string): StoredSite | null => {
    const stored = known.get(id) ?? readSiteRow(sql.siteById.get(id));
    if (stored) known.set(id, stored);
    return stored;
  };
  const getStored = (id: string): StoredSite => {
    const stored = findStored(id);
    if (!stored) throw new AppError("not-found", "This site no longer exists");
    return stored;
  };

  const seal = async (secret: SecretChange, isKept: boolean): Promise<string | null> =>
    typeof secret === "string" && isKept && secrets.storage !== "none" ? secrets.seal(secret) : null;
  const unseal = async (sealed: string | null) => (sealed === null ? null : secrets.unseal(sealed));
  const sealAll = async ({ password, account }: SecretChanges, logon: Logon): Promise<SealedSecrets> => ({
    sealedPassword: await seal(password, keepsPassword(logon)),
    sealedAccount: await seal(account, keepsAccount(logon)),
  });

  const lastPosition = (folderId: string | null) => {
    if (folderId !== null && !sql.folderById.get(folderId)) {
      throw new AppError("not-found", "This folder of sites no longer exists");
    }
    return Number(sql.lastPosition.get(folderId, folderId)?.last ?? -1) + 1;
  };

  const insert = (origin: Site["origin"], settings: SiteSettings, folderId: string | null, sealed: SealedSecrets) => {
    const id = randomUUID();
    const { sealedPassword, sealedAccount } = sealed;
    const text = JSON.stringify(settings);
    sql.insertSite.run(id, folderId, lastPosition(folderId), origin, text, sealedPassword, sealedAccount);
    return id;
  };

  /** What `folderId` holds, in order, without `exceptId`. */
  const siblings = (folderId: string | null, exceptId: string) =>
    sql.siblings.all(folderId, folderId).flatMap(({ id }) => (typeof id === "string" && id !== exceptId ? [id] : []));

  const place = (id: string, folderId: string | null, beforeId: string | null) => {
    const order = siblings(folderId, id);
    const at = beforeId === null ? -1 : order.indexOf(beforeId);
    order.splice(at === -1 ? order.length : at, 0, id);
    order.forEach((each, position) => {
      sql.placeSite.run(folderId, position, each);
      sql.placeFolder.run(folderId, position, each);
    });
  };

  /** The folder and all its folders below. */
  const isInside = (folderId: string | null, ancestorId: string) => {
    for (let id = folderId; id !== null; id = readFolderRow(sql.folderById.get(id))?.folderId ?? null) {
      if (id === ancestorId) return true;
    }
    return false;
  };

  /** Removes sites, or makes them history where transfers need them; `andThen` belongs to the same transaction. */
  const removeAll = (ids: readonly string[], isNeeded: IsNeeded, andThen: () => void = () => {}) => {
    const gone = ids.filter((id) => !isNeeded(id));
    commit(() => {
      for (const id of ids) sql.makeHistory.run(id);
      for (const id of gone) sql.removeSite.run(id);
      andThen();
    });
    for (const siteId of gone) changes.tell({ siteId, what: "removed" });
  };

  const change: SiteStore["change"] = async (id, settings, { password, account }) => {
    const sealed = await sealAll({ password, account }, settings.logon ?? getStored(id).site.logon);
    const before = getStored(id).site;
    const after = siteSettingsSchema.parse(applyChanges<SiteSettings>(before, settings));
    commit(() => {
      sql.changeSite.run(JSON.stringify(after), id);
      if (password !== undefined || !keepsPassword(after.logon)) sql.setPassword.run(sealed.sealedPassword, id);
      if (account !== undefined || !keepsAccount(after.logon)) sql.setAccount.run(sealed.sealedAccount, id);
    });
    const hasNewSecret = password !== undefined || account !== undefined;
    if (hasNewSecret || differsInLogin(before, after)) changes.tell({ siteId: id, what: "login" });
    if (before.encoding !== after.encoding) changes.tell({ siteId: id, what: "encoding" });
  };

  return {
    tree,
    watch: (emit) => {
      emit(tree());
      return trees.add(emit);
    },
    watchChanges: changes.add,
    find: (id) => findStored(id)?.site ?? null,
    get: (id) => getStored(id).site,
    password: async (id) => unseal(getStored(id).sealedPassword),
    account: async (id) => unseal(getStored(id).sealedAccount),
    create: async (settings, folderId, given) => {
      const sealed = await sealAll(given, settings.logon);
      return commit(() => insert("saved", settings, folderId, sealed));
    },
    change,
    duplicate: (id) => {
      const { site, ...sealed } = getStored(id);
      return commit(() => {
        const settings = siteSettingsSchema.parse({ ...site, name: freeName(site.name, tree().sites) });
        const copy = insert("saved", settings, site.folderId, sealed);
        const order = siblings(site.folderId, copy);
        place(copy, site.folderId, order[order.indexOf(id) + 1] ?? null);
        return copy;
      });
    },
    remove: (id, isNeeded) => {
      getStored(id);
      removeAll([id], isNeeded);
    },
    createFolder: (name, folderId) =>
      commit(() => {
        const id = randomUUID();
        sql.insertFolder.run(id, folderId, lastPosition(folderId), name);
        return id;
      }),
    changeFolder: (id, { name, isExpanded }) => {
      commit(() => {
        if (name !== undefined) sql.renameFolder.run(name, id);
        if (isExpanded !== undefined) sql.expandFolder.run(isExpanded ? 1 : 0, id);
      });
    },
    removeFolder: (id, isNeeded) => {
      const inside = tree().sites.filter((site) => isInside(site.folderId, id));
      removeAll(
        inside.map((site) => site.id),
        isNeeded,
        () => sql.removeFolder.run(id),
      );
    },
    move: (id, folderId, beforeId) => {
      if (isInside(folderId, id)) throw new AppError("invalid-input", "A folder cannot go into itself");
      commit(() => {
        lastPosition(folderId);
        place(id, folderId, beforeId);
      });
    },
    remember: async (settings, given) => {
      const known = tree().sites.find((site) => site.origin === "quick" && isSameLogin(site, settings));
      if (known) {
        await change(known.id, settings, given);
        return known.id;
      }
      const sealed = await sealAll(given, settings.logon);
      return commit(() => insert("quick", settings, null, sealed));
    },
    forgetRecent: (isNeeded) => {
      const recent = tree().sites.filter((site) => site.origin === "quick");
      removeAll(
        recent.map((site) => site.id),
        isNeeded,
      );
    },
    rememberDemo: (settings) => {
      const known = tree().sites.find((site) => site.origin === "demo");
      return known?.id ?? commit(() => insert("demo", settings, null, noSecrets));
    },
    noteConnected: (id, atMs) => {
      commit(() => sql.noteConnected.run(atMs, id));
    },
  };
}

type SealedSecrets = Omit<StoredSite, "site">;
const noSecrets: SealedSecrets = { sealedPassword: null, sealedAccount: null };

/** "Work", "Work (2)", "Work (3)": the first that no site has. */
function freeName(name: string, sites: readonly Site[]): string {
  const base = name.replace(/ \(\d+\)$/, "").slice(0, 240);
  const taken = new Set(sites.map((site) => site.name));
  for (let number = 2; ; number++) if (!taken.has(`${base} (${number})`)) return `${base} (${number})`;
}
