import * as z from "zod/mini";
import {
  believedForMs,
  type FactName,
  factNames,
  type LearntFact,
  nothingKnown,
  type ServerFacts,
  serverFactsSchema,
} from "../../../shared/models/serverFacts.ts";
import type { DocumentStore } from "../db/documentStore.ts";
import type { Clock } from "../ports.ts";

export type ServerAddress = { readonly host: string; readonly port: number };

export type ServerFactsStore = {
  /** What is known and still believed. */
  readonly recall: (address: ServerAddress) => ServerFacts;
  /** What is new; the facts not named stay as they are. A value that says nothing has the fact forgotten. */
  readonly note: (address: ServerAddress, news: Partial<ServerFacts>) => void;
  /** What is known, with the time it was learnt. */
  readonly describe: (address: ServerAddress) => LearntFact[];
  /** The next session finds it out afresh: one fact, or all. */
  readonly forget: (address: ServerAddress, name?: FactName) => void;
};

/** What is known of one server, each fact with the time it was learnt. */
type Known = Map<FactName, { readonly value: string | number | boolean; readonly learntMs: number }>;

/** What has been learnt about servers, one document for each. What cannot be read is found out again. */
export function createServerFactsStore(documents: DocumentStore, clock: Clock): ServerFactsStore {
  const servers = new Map<string, Known>();

  const find = (address: ServerAddress): Known => {
    const name = nameOf(address);
    const known = servers.get(name) ?? readKnown(documents.load(name));
    servers.set(name, known);
    for (const [fact, { learntMs }] of known) {
      const isBelieved = clock.now() - learntMs < (believedForMs[fact] ?? Number.POSITIVE_INFINITY);
      if (!isBelieved) known.delete(fact);
    }
    return known;
  };

  const save = (address: ServerAddress, known: Known) =>
    documents.save(nameOf(address), JSON.stringify(Object.fromEntries(known)));

  return {
    recall: (address) => factsOf(find(address)),
    note: (address, news) => {
      const known = find(address);
      let isNew = false;
      for (const fact of factNames) {
        const value = news[fact];
        if (value === undefined || value === (known.get(fact)?.value ?? nothingKnown[fact])) continue;
        isNew = true;
        if (value === null || value === nothingKnown[fact]) known.delete(fact);
        else known.set(fact, { value, learntMs: clock.now() });
      }
      if (isNew) save(address, known);
    },
    describe: (address) => [...find(address)].map(([name, { value, learntMs }]) => ({ name, value, learntMs })),
    forget: (address, name) => {
      const known = find(address);
      if (name === undefined) known.clear();
      else known.delete(name);
      save(address, known);
    },
  };
}

function nameOf({ host, port }: ServerAddress): string {
  return `server ${host.toLowerCase()}:${port}`;
}

function factsOf(known: Known): ServerFacts {
  return { ...nothingKnown, ...Object.fromEntries([...known].map(([fact, { value }]) => [fact, value])) };
}

const learntSchema = z.object({ value: z.unknown(), learntMs: z.number() });

/** Fact by fact: one that another version wrote otherwise does not cost the rest. */
function readKnown(text: string | null): Known {
  const known: Known = new Map();
  const written = z.safeParse(z.record(z.string(), z.unknown()), parseJson(text));
  if (!written.success) return known;
  for (const fact of factNames) {
    const learnt = learntSchema.safeParse(written.data[fact]);
    if (!learnt.success) continue;
    const value = serverFactsSchema.shape[fact].safeParse(learnt.data.value);
    if (value.success && value.data !== null && value.data !== nothingKnown[fact]) {
      known.set(fact, { value: value.data, learntMs: learnt.data.learntMs });
    }
  }
  return known;
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return null;
  }
}
