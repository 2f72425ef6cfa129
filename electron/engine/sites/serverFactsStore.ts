import { nothingKnown, type ServerFacts, serverFactsSchema } from "../../../shared/models/serverFacts.ts";
import type { DocumentStore } from "../db/documentStore.ts";

export type ServerAddress = { readonly host: string; readonly port: number };

export type ServerFactsStore = {
  readonly recall: (address: ServerAddress) => ServerFacts;
  readonly note: (address: ServerAddress, facts: ServerFacts) => void;
  /** The next session finds out afresh. */
  readonly forget: (address: ServerAddress) => void;
};

/** What has been learnt about servers, one document for each. What cannot be read is found out again. */
export function createServerFactsStore(documents: DocumentStore): ServerFactsStore {
  const note = (address: ServerAddress, facts: ServerFacts) => documents.save(nameOf(address), JSON.stringify(facts));
  return {
    recall: (address) => readFacts(documents.load(nameOf(address))),
    note,
    forget: (address) => note(address, nothingKnown),
  };
}

function nameOf({ host, port }: ServerAddress): string {
  return `server ${host.toLowerCase()}:${port}`;
}

function readFacts(text: string | null): ServerFacts {
  try {
    return serverFactsSchema.parse(JSON.parse(text ?? "null"));
  } catch {
    return nothingKnown; // none yet, or written by another version
  }
}
