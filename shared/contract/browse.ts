import * as z from "zod/mini";
import { wireErrorSchema } from "../errors/appError.ts";
import { checksumSchema } from "../models/checksum.ts";
import { connectionSchema } from "../models/connection.ts";
import { consoleAnswerSchema } from "../models/consoleCommand.ts";
import { entryColumnsSchema } from "../models/entry.ts";
import { pathSchema, placeSchema, typedFolderSchema, typedNameSchema } from "../models/place.ts";
import { factNameSchema, learntFactSchema } from "../models/serverFacts.ts";
import { encodingSchema } from "../models/site.ts";
import { command, stream } from "./define.ts";

const nothing = z.object({});
const byConnection = z.object({ connectionId: z.string() });
const folder = z.object({ place: placeSchema, path: pathSchema });
const wireNames = z
  .array(z.string().check(z.minLength(1), z.maxLength(4096)))
  .check(z.minLength(1), z.maxLength(500_000));

/** A step of a path for the breadcrumb. */
const crumbSchema = z.object({ label: z.string(), path: z.string() });

/**
 * A folder on screen. "begin" empties the view (first item, and again when the folder has changed); "rows" adds to it while the
 * listing still arrives; "end" completes it; "error" ends it unread. `revision` counts the begins: drop what belongs to an older one.
 */
const folderNewsSchema = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("begin"),
    revision: z.number(),
    path: z.string(),
    displayPath: z.string(),
    crumbs: z.array(crumbSchema),
    /** null at the root. */
    parentPath: z.nullable(z.string()),
  }),
  z.object({ state: z.literal("rows"), revision: z.number(), columns: entryColumnsSchema }),
  z.object({ state: z.literal("end"), revision: z.number() }),
  z.object({ state: z.literal("error"), revision: z.number(), error: wireErrorSchema }),
]);

export const browseContract = {
  "connections.watch": stream(nothing, z.object({ revision: z.number(), connections: z.array(connectionSchema) })),
  /** Returns at once; watch the status. `password` overrides the stored one for this run (logon "ask", quick connect). */
  "connections.open": command(
    z.object({ siteId: z.string(), password: z.optional(z.string().check(z.maxLength(1024))) }),
    byConnection,
  ),
  "connections.reconnect": command(byConnection, nothing),
  "connections.close": command(byConnection, nothing),
  /**
   * How names are read from now on, on all sessions of the site: in this run, or for good with `isKept`. What is on screen is read anew
   * at once, from the bytes that have come. Rejects with `invalid-input` for an encoding nobody knows.
   */
  "connections.setEncoding": command(
    z.object({ connectionId: z.string(), encoding: encodingSchema, isKept: z.boolean() }),
    nothing,
  ),
  /**
   * The console: one raw command line on the browsing session, and all that the server says to it. A refusal by the server is an
   * answer, not an error. Rejects with `invalid-input` for what `judgeCommand` refuses. Whoever calls has asked the user.
   */
  "connections.command": command(
    z.object({ connectionId: z.string(), line: z.string().check(z.minLength(1), z.maxLength(4096)) }),
    consoleAnswerSchema,
  ),
  /** The commands the server says it offers (FEAT, HELP, SITE HELP), for completion. */
  "connections.offeredCommands": command(byConnection, z.object({ commands: z.array(z.string()) })),
  /** What the server can do, as offered and as found out. */
  "connections.describeServer": command(
    byConnection,
    z.object({
      facts: z.array(learntFactSchema),
      abilities: z.object({
        resumeDownload: z.boolean(),
        resumeUpload: z.boolean(),
        setModified: z.boolean(),
        checksum: z.boolean(),
        copy: z.boolean(),
        createLink: z.boolean(),
      }),
      /** Bytes that may still be stored in the folder that browsing began in; null where the server does not tell. */
      freeBytes: z.nullable(z.number()),
    }),
  ),
  /** Forgets what was found out about the server, one fact or all of them, and connects afresh. */
  "connections.forgetServer": command(
    z.object({ connectionId: z.string(), fact: z.optional(factNameSchema) }),
    nothing,
  ),

  "folders.watch": stream(folder, folderNewsSchema),
  /** Reads the folder again; watchers get a new "begin". */
  "folders.refresh": command(folder, nothing),
  /** Sub-folders only, for the tree; from the cache where a listing is fresh. `path` is complete. */
  "folders.subfolders": command(
    folder,
    z.object({ folders: z.array(z.object({ name: z.string(), path: z.string() })) }),
  ),
  /** A typed path (absolute, or relative to `from`; "~" on the local side) as a path of this place. Checks that it exists. */
  "folders.resolve": command(
    z.object({ place: placeSchema, from: pathSchema, text: z.string().check(z.minLength(1), z.maxLength(4096)) }),
    z.object({ path: z.string() }),
  ),
  /** Makes a folder, and with "a/b/c" every level that is not there yet. Returns the first level's wire name. */
  "folders.create": command(
    z.object({ place: placeSchema, path: pathSchema, name: typedFolderSchema }),
    z.object({ wireName: z.string() }),
  ),

  "entries.rename": command(
    z.object({ place: placeSchema, path: pathSchema, wireName: z.string(), newName: typedNameSchema }),
    nothing,
  ),
  /** Moves entries of one folder into another folder of the same place. */
  "entries.move": command(
    z.object({ place: placeSchema, path: pathSchema, wireNames, targetPath: pathSchema }),
    nothing,
  ),
  /** Of a remote file, computed by the server. Rejects with `unsupported-command` where it does not. */
  "entries.checksum": command(z.object({ connectionId: z.string(), path: pathSchema }), checksumSchema),
  /** Makes a link to a remote entry, beside it. */
  "entries.createLink": command(
    z.object({ connectionId: z.string(), path: pathSchema, name: typedNameSchema }),
    z.object({ wireName: z.string() }),
  ),
  /** Copies a remote entry beside itself, on the server: "plan copy.txt". */
  "entries.duplicate": command(
    z.object({ connectionId: z.string(), path: pathSchema }),
    z.object({ wireName: z.string() }),
  ),
  /**
   * Copies entries to a folder of another site, typed as text, from server to server (RFC 959 §5.2); nothing there is replaced. Both sites must allow it:
   * `invalid-input` otherwise. Returns how many entries have been copied, folders included.
   */
  "entries.copyToSite": command(
    z.object({
      connectionId: z.string(),
      path: pathSchema,
      wireNames,
      target: z.object({ siteId: z.string(), folder: z.string().check(z.minLength(1), z.maxLength(4096)) }),
    }),
    z.object({ copied: z.number() }),
  ),
} as const;

export type FolderNews = z.infer<typeof folderNewsSchema>;
export type Crumb = z.infer<typeof crumbSchema>;
