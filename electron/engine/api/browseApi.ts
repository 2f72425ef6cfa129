import type { EngineApi } from "../../../shared/contract/contract.ts";
import { judgeCommand } from "../../../shared/models/consoleCommand.ts";
import type { Place } from "../../../shared/models/place.ts";
import { parentOfRemote } from "../../../shared/models/remotePath.ts";
import type { Connections } from "../browse/connections.ts";
import type { CopyToSite } from "../browse/copyToSite.ts";
import { duplicate } from "../browse/duplicate.ts";
import type { FolderWatch } from "../browse/folderWatch.ts";
import { linkTo } from "../browse/linkTo.ts";
import type { PlaceFiles } from "../browse/placeFiles.ts";
import type { RemoteSession } from "../sessions/remoteSession.ts";
import type { PasswordMemory } from "../sites/passwordMemory.ts";
import type { ServerAddress, ServerFactsStore } from "../sites/serverFactsStore.ts";
import type { SiteEncodings } from "../sites/siteEncodings.ts";
import { copyConnections } from "./snapshots.ts";

export type BrowseApiParts = {
  readonly connections: Connections;
  readonly folders: FolderWatch;
  readonly filesOf: (place: Place) => PlaceFiles;
  readonly copyToSite: CopyToSite;
  readonly passwords: PasswordMemory;
  readonly serverFacts: ServerFactsStore;
  readonly chooseEncoding: SiteEncodings["choose"];
  readonly addressOf: (siteId: string) => ServerAddress;
  /** Told before the user tries a site again: what was refused may be tried once more. */
  readonly forgiveRejections: () => void;
};

type Names = Extract<keyof EngineApi, `connections.${string}` | `folders.${string}` | `entries.${string}`>;

export function createBrowseApi(parts: BrowseApiParts): Pick<EngineApi, Names> {
  const { connections, folders, filesOf, copyToSite, passwords, serverFacts, chooseEncoding, addressOf } = parts;
  const { forgiveRejections } = parts;

  /** Whatever became of the change, what it may have touched is read again. */
  const changing = async <T>(place: Place, paths: readonly string[], work: (files: PlaceFiles) => Promise<T>) => {
    try {
      return await work(filesOf(place));
    } finally {
      for (const path of paths) folders.touch(place, path);
    }
  };

  return {
    "connections.watch": (_, emit) => connections.watch((list) => emit(copyConnections(list))),
    "connections.open": async ({ siteId, password }) => {
      if (password !== undefined) passwords.keep(siteId, password);
      forgiveRejections();
      return { connectionId: connections.open(siteId) };
    },
    "connections.reconnect": async ({ connectionId }) => {
      forgiveRejections();
      connections.get(connectionId).reconnect();
      return {};
    },
    "connections.close": async ({ connectionId }) => {
      await connections.close(connectionId);
      return {};
    },
    "connections.setEncoding": async ({ connectionId, encoding, isKept }) => {
      await chooseEncoding(connections.get(connectionId).siteId, encoding, isKept);
      return {};
    },
    "connections.command": async ({ connectionId, line }, signal) => {
      const changes = judgeCommand(line).kind === "confirm";
      try {
        return await connections
          .get(connectionId)
          .run("change", (session, running) => session.command(line, running), signal);
      } finally {
        if (changes) folders.recover(connectionId); // nobody knows what it touched
      }
    },
    "connections.offeredCommands": async ({ connectionId }, signal) => {
      const work = (session: RemoteSession, running: AbortSignal) => session.offeredCommands(running);
      return { commands: [...(await connections.get(connectionId).run("reading", work, signal))] };
    },

    "connections.describeServer": async ({ connectionId }, signal) => {
      const connection = connections.get(connectionId);
      const facts = serverFacts.describe(addressOf(connection.siteId));
      const look = async (session: RemoteSession, running: AbortSignal) => ({
        abilities: { ...session.can, checksum: session.can.checksum !== null },
        freeBytes: await session.freeSpace(connection.describe().startPath ?? session.startFolder, running),
      });
      return { facts, ...(await connection.run("reading", look, signal)) };
    },
    "connections.forgetServer": async ({ connectionId, fact }) => {
      const connection = connections.get(connectionId);
      serverFacts.forget(addressOf(connection.siteId), fact);
      connection.reconnect(); // this session knows it too
      return {};
    },

    "folders.watch": ({ place, path }, emit) => folders.watch(place, path, emit),
    "folders.refresh": async ({ place, path }, signal) => {
      await folders.refresh(place, path, signal);
      return {};
    },
    "folders.subfolders": async ({ place, path }, signal) => ({
      folders: await folders.subfolders(place, path, signal),
    }),
    "folders.resolve": async ({ place, from, text }, signal) => ({
      path: await filesOf(place).resolve(from, text, signal),
    }),
    "folders.create": ({ place, path, name }, signal) =>
      changing(place, [path], async (files) => ({ wireName: await files.create(path, name, signal) })),

    "entries.rename": ({ place, path, wireName, newName }, signal) =>
      changing(place, [path], async (files) => {
        await files.rename(path, wireName, newName, signal);
        return {};
      }),
    "entries.move": ({ place, path, wireNames, targetPath }, signal) =>
      changing(place, [path, targetPath], async (files) => {
        await files.move(path, wireNames, targetPath, signal);
        return {};
      }),
    "entries.checksum": ({ connectionId, path }, signal) =>
      connections.get(connectionId).run("reading", (session, running) => session.checksum(path, running), signal),
    "entries.createLink": async ({ connectionId, path, name }, signal) => {
      const work = (session: RemoteSession, running: AbortSignal) => linkTo(session, path, name, running);
      try {
        return { wireName: await connections.get(connectionId).run("change", work, signal) };
      } finally {
        folders.touch({ side: "remote", connectionId }, parentOfRemote(path) ?? "/");
      }
    },
    "entries.duplicate": async ({ connectionId, path }, signal) => {
      const work = (session: RemoteSession, running: AbortSignal) => duplicate(session, path, running);
      try {
        return { wireName: await connections.get(connectionId).run("change", work, signal) };
      } finally {
        folders.touch({ side: "remote", connectionId }, parentOfRemote(path) ?? "/");
      }
    },
    "entries.copyToSite": async ({ connectionId, path, wireNames, target }, signal) => {
      const from = { siteId: connections.get(connectionId).siteId, folder: path, wireNames };
      try {
        return { copied: await copyToSite(from, target, signal) };
      } finally {
        const other = connections.ofSite(target.siteId);
        if (other) folders.recover(other.id);
      }
    },
  };
}
