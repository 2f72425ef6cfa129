import type { ConflictQuestion, Prompt } from "../../../shared/models/prompt.ts";
import { defaultSiteSettings, type Site, type SiteFolder } from "../../../shared/models/site.ts";
import type { Transfer } from "../../../shared/models/transfer.ts";

/** Values for tests, whole and valid; each test says only what it is about. */
export function sampleTransfer(part: Partial<Transfer> & { readonly id: number }): Transfer {
  return {
    batchId: 1,
    kind: "file",
    priority: "normal",
    direction: "upload",
    siteId: "s1",
    siteName: "Harbour",
    localPath: `/home/ann/photo-${part.id}.jpg`,
    remotePath: `/www/photo-${part.id}.jpg`,
    remoteDisplayPath: `/www/photo-${part.id}.jpg`,
    size: 1_000,
    bytesDone: 0,
    state: "queued",
    attempts: 0,
    errorKind: null,
    errorText: null,
    skipped: null,
    skippedBy: null,
    evidence: null,
    checked: null,
    retryAtMs: null,
    startedMs: null,
    finishedMs: null,
    ...part,
  };
}

export function sampleSite(part: Partial<Site> & { readonly id: string }): Site {
  return {
    ...defaultSiteSettings,
    name: part.id,
    origin: "saved",
    folderId: null,
    position: 0,
    hasPassword: false,
    hasAccount: false,
    lastConnectedMs: null,
    ...part,
  };
}

export function sampleFolder(part: Partial<SiteFolder> & { readonly id: string }): SiteFolder {
  return { folderId: null, name: part.id, position: 0, isExpanded: true, ...part };
}

export function sampleConflict(id: number, part: Partial<ConflictQuestion> = {}): Prompt {
  return {
    id,
    askedMs: id,
    question: {
      kind: "conflict",
      transferId: id,
      batchId: 1,
      direction: "upload",
      source: { path: "/home/ann/a.txt", size: 10, modifiedMs: 2_000 },
      target: { path: "/www/a.txt", size: 20, modifiedMs: 1_000 },
      canResume: false,
      suggestedName: "a (2).txt",
      ...part,
    },
  };
}
