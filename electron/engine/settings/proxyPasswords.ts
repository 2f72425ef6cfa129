import * as z from "zod/mini";
import type { DocumentStore } from "../db/documentStore.ts";
import type { Secrets } from "../ports.ts";
import { createListeners } from "../util/listeners.ts";

export type ProxyName = "proxy" | "ftpProxy";

/** The passwords of the two proxies of the settings: sealed in a document, or, where nothing can be sealed, kept in this run. */
export type ProxyPasswords = {
  readonly has: (name: ProxyName) => boolean;
  /** In clear, for login alone; null when none is kept. */
  readonly get: (name: ProxyName) => Promise<string | null>;
  /** null: forgets it. */
  readonly change: (name: ProxyName, password: string | null) => Promise<void>;
  /** Calls back after each change. Returns its undo. */
  readonly watch: (changed: () => void) => () => void;
};

const documentName = "proxy-passwords";
const sealedSchema = z.object({ proxy: z.nullable(z.string()), ftpProxy: z.nullable(z.string()) });
type Sealed = z.infer<typeof sealedSchema>;

export function createProxyPasswords(documents: DocumentStore, secrets: Secrets): ProxyPasswords {
  let sealed = readSealed(documents.load(documentName));
  const inRun = new Map<ProxyName, string>();
  const listeners = createListeners<void>();
  return {
    has: (name) => inRun.has(name) || sealed[name] !== null,
    get: async (name) => {
      const kept = sealed[name];
      return inRun.get(name) ?? (kept === null ? null : await secrets.unseal(kept));
    },
    change: async (name, password) => {
      const isSealable = password !== null && secrets.storage !== "none";
      const kept = isSealable ? await secrets.seal(password) : null;
      if (password !== null && !isSealable) inRun.set(name, password);
      else inRun.delete(name);
      sealed = { ...sealed, [name]: kept };
      documents.save(documentName, JSON.stringify(sealed));
      listeners.tell();
    },
    watch: listeners.add,
  };
}

function readSealed(text: string | null): Sealed {
  try {
    return sealedSchema.parse(JSON.parse(text ?? ""));
  } catch {
    return { proxy: null, ftpProxy: null }; // none yet, or a damaged document: the password is asked for once more
  }
}
