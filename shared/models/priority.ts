import * as z from "zod/mini";

/** What runs first, in the five words of FileZilla; the lowest first here, so that their places count. */
export const prioritySchema = z.enum(["lowest", "low", "normal", "high", "highest"]);
export type Priority = z.infer<typeof prioritySchema>;

const normal = prioritySchema.options.indexOf("normal");

/** A priority as a number to sort by: -2 … 2. */
export function rankOf(priority: Priority): number {
  return prioritySchema.options.indexOf(priority) - normal;
}

/** The word for a number; one beyond the ends means the end. */
export function priorityOf(rank: number): Priority {
  const last = prioritySchema.options.length - 1;
  return prioritySchema.options[Math.min(Math.max(rank + normal, 0), last)] ?? "normal";
}
