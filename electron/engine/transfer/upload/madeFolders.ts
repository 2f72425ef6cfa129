/** Local folders that this run has made: nothing is expected in them. Only a hint; others may have written there since. */
export type MadeFolders = {
  readonly has: (path: string) => boolean;
  readonly note: (path: string) => void;
};

const rememberedFolders = 4_096; // each is asked about once more when it has been forgotten

export function rememberMadeFolders(): MadeFolders {
  const made = new Set<string>();
  return {
    has: (path) => made.has(path),
    note: (path) => {
      made.add(path);
      const oldest = made.values().next().value;
      if (made.size > rememberedFolders && oldest !== undefined) made.delete(oldest);
    },
  };
}
