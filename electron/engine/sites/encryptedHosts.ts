import * as z from "zod/mini";
import type { DocumentStore } from "../db/documentStore.ts";

/** Hosts that have shown they can encrypt, kept between runs: one that no longer does may be somebody in between. */
export type EncryptedHosts = {
  readonly has: (host: string, port: number) => boolean;
  readonly note: (host: string, port: number) => void;
};

const documentName = "encrypted-hosts";
const hostsSchema = z.array(z.string());

export function createEncryptedHosts(documents: DocumentStore): EncryptedHosts {
  const hosts = new Set(readHosts(documents.load(documentName)));
  const keyOf = (host: string, port: number) => `${host.toLowerCase()}:${port}`;
  return {
    has: (host, port) => hosts.has(keyOf(host, port)),
    note: (host, port) => {
      const key = keyOf(host, port);
      if (hosts.has(key)) return;
      hosts.add(key);
      documents.save(documentName, JSON.stringify([...hosts]));
    },
  };
}

function readHosts(text: string | null): readonly string[] {
  try {
    return hostsSchema.parse(JSON.parse(text ?? "[]"));
  } catch {
    return []; // a damaged document: the next encrypted session begins it anew
  }
}
