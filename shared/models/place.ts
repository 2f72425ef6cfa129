import * as z from "zod/mini";

/**
 * Which file system a path belongs to. A path is opaque outside the engine: a local path is the system's own; a remote path is a
 * *wire path*: a string whose every character is one byte of the name as the server sent it (0–255), parts joined by "/".
 * So names in any encoding, undecodable ones included, come back to the server byte for byte. Show `displayPath`, send `path`.
 */
export const placeSchema = z.discriminatedUnion("side", [
  z.object({ side: z.literal("local") }),
  z.object({ side: z.literal("remote"), connectionId: z.string() }),
]);
export type Place = z.infer<typeof placeSchema>;
export type Side = Place["side"];

export const localPlace: Place = { side: "local" };

export const pathSchema = z.string().check(
  z.minLength(1),
  z.maxLength(32_768),
  z.refine((path) => !path.includes("\0"), "holds NUL"),
);

/** A name as a user types it: one segment. */
export const typedNameSchema = z.string().check(
  z.minLength(1),
  z.maxLength(1024),
  z.refine((name) => !/[/\0\r\n]/.test(name) && name !== "." && name !== "..", "is not a name"),
);

/** A new folder as a user types it: a name, or several levels, "2026/photos". Parts between slashes are names; a slash at the end is let pass. */
export const typedFolderSchema = z.string().check(
  z.minLength(1),
  z.maxLength(4096),
  z.refine((text) => levelsOf(text).every((name) => typedNameSchema.safeParse(name).success), "is not a name"),
);

/** "2026/photos/" → "2026", "photos". */
export function levelsOf(typedFolder: string): readonly string[] {
  return typedFolder.replace(/\/$/, "").split("/");
}
