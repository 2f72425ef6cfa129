import * as z from "zod/mini";

/**
 * What sessions have found out about a server that no reply states. Kept between runs, so that no session finds it out twice. A new fact
 * is a line here, its unknown value below, and its words (renderer/i18n, `serverFacts`).
 */
export const serverFactsSchema = z.object({
  /** How modification times are set; "none" when nothing worked; null: not tried yet. */
  setModified: z.nullable(z.enum(["MFMT", "MFF", "MDTM", "SITE UTIME", "SITE UTIME short", "none"])),
  /** MLSD takes no path: a session goes there first. */
  refusesMlsdPath: z.boolean(),
  /** Uploads cannot be continued by APPE. */
  appendIsRefused: z.boolean(),
  /** Nothing can be continued: REST is not known there, whatever FEAT says. */
  restIsRefused: z.boolean(),
  /** How far the clock of LIST is ahead of UTC, in minutes; null: not compared yet. */
  zoneOffsetMinutes: z.nullable(z.int()),
  /** LIST is not known there: NLST tells the names, and no more. */
  refusesList: z.boolean(),
  /** LIST takes an option for a name. */
  refusesListOption: z.boolean(),
  /** How the last data connection came about. */
  dataWay: z.nullable(z.enum(["EPSV", "PASV", "PORT", "EPRT"])),
  /** What RNTO does where a file stands: takes its place, or is refused; "never": nothing is renamed there. null: not tried yet. */
  renamesOver: z.nullable(z.enum(["replaces", "refused", "never"])),
  /** How many sessions at a time the server has shown it allows. */
  sessionCeiling: z.nullable(z.int()),
});
export type ServerFacts = z.infer<typeof serverFactsSchema>;
export type FactName = keyof ServerFacts;

export const nothingKnown: ServerFacts = {
  setModified: null,
  refusesMlsdPath: false,
  appendIsRefused: false,
  restIsRefused: false,
  zoneOffsetMinutes: null,
  refusesList: false,
  refusesListOption: false,
  dataWay: null,
  renamesOver: null,
  sessionCeiling: null,
};

const dayMs = 86_400_000;

/** How long a fact is believed; the others until somebody has them forgotten. */
export const believedForMs: { readonly [Name in FactName]?: number } = {
  zoneOffsetMinutes: 7 * dayMs, // summer time comes and goes
  dataWay: 7 * dayMs, // another network lets other ways through
  sessionCeiling: dayMs, // who was there with us may have left: one more is tried again
};

export const factNames = Object.keys(nothingKnown) as readonly FactName[];
export const factNameSchema = z.enum(Object.keys(nothingKnown) as [FactName, ...FactName[]]);

/** A fact that is known, for people, and when it was learnt. */
export const learntFactSchema = z.object({
  name: factNameSchema,
  value: z.union([z.string(), z.number(), z.boolean()]),
  learntMs: z.number(),
});
export type LearntFact = z.infer<typeof learntFactSchema>;
