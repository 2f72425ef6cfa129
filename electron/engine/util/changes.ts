/** Some fields of a T; undefined says as little as a missing one. */
export type Changes<T> = { readonly [K in keyof T]?: T[K] | undefined };

/** `base` with what `changes` really says. */
export function applyChanges<T extends object>(base: T, changes: Changes<T>): T {
  const said = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...base, ...Object.fromEntries(said) };
}
