/** Passwords, or accounts, typed in this run, for sites that keep none. They end with the process. */
export type PasswordMemory = {
  readonly keep: (siteId: string, password: string) => void;
  readonly recall: (siteId: string) => string | null;
  readonly forget: (siteId: string) => void;
};

export function createPasswordMemory(): PasswordMemory {
  const passwords = new Map<string, string>();
  return {
    keep: (siteId, password) => {
      passwords.set(siteId, password);
    },
    recall: (siteId) => passwords.get(siteId) ?? null,
    forget: (siteId) => {
      passwords.delete(siteId);
    },
  };
}
