import type { EngineClient } from "../../shared/contract/contract.ts";
import type { ExportCursor, ImportResult, QueueFileFormat } from "../../shared/contract/exchange.ts";
import type { QueueFilter } from "../../shared/models/transfer.ts";
import { sendPart } from "../dragDrop/stageDropped.ts";

export type ExportedFile = {
  readonly bytes: Blob;
  readonly name: string;
  readonly transfers: number;
  /** What the format cannot tell. */
  readonly leftOut: number;
};

export type ExchangeIntents = {
  /** A tab's transfers as a file. Rejects with AppError. */
  readonly exportQueue: (format: QueueFileFormat, filter: QueueFilter, signal: AbortSignal) => Promise<ExportedFile>;
  /** Adds what a chosen file tells. Rejects with AppError; a file that is no queue is a result. */
  readonly importQueue: (file: File, signal: AbortSignal) => Promise<ImportResult>;
};

export type ExchangeParts = {
  readonly engine: EngineClient;
  readonly send: typeof fetch;
  /** The desktop names a file by its path; "" or no way to ask: its bytes are sent. */
  readonly pathOf: ((file: File) => string) | null;
  readonly today: () => Date;
};

export function exchangeIntents({ engine, send, pathOf, today }: ExchangeParts): ExchangeIntents {
  return {
    exportQueue: async (format, filter, signal) => {
      const pieces: string[] = [];
      let transfers = 0;
      let leftOut = 0;
      let from: ExportCursor | null = null;
      do {
        const request: { format: QueueFileFormat; filter: QueueFilter; from: ExportCursor | null } = {
          format,
          filter,
          from,
        };
        const piece = await engine.call("exchange.export", request, signal);
        pieces.push(piece.text);
        transfers += piece.transfers;
        leftOut += piece.leftOut;
        from = piece.next;
      } while (from !== null);
      const { start, end, type } = files[format];
      const day = today().toISOString().slice(0, 10);
      return { bytes: new Blob(pieces, { type }), name: `${start}-${day}.${end}`, transfers, leftOut };
    },
    importQueue: async (file, signal) => {
      const path = pathOf?.(file) ?? "";
      return path === "" ? importStaged(file, engine, send, signal) : engine.call("exchange.import", { path }, signal);
    },
  };
}

const files = {
  portside: { start: "portside-queue", end: "jsonl", type: "application/jsonl" },
  filezilla: { start: "filezilla-queue", end: "xml", type: "application/xml" },
} as const satisfies Record<QueueFileFormat, { start: string; end: string; type: string }>;

/** A browser has no path to give: the bytes are staged, read, and gone again. */
async function importStaged(file: File, engine: EngineClient, send: typeof fetch, signal: AbortSignal) {
  const { dropId } = await engine.call("staging.open", {}, signal);
  try {
    await sendPart(send, dropId, { kind: "file", path: "queue", file }, signal);
    const { sources } = await engine.call("staging.close", { dropId }, signal);
    const path = sources[0]?.path ?? "";
    return await engine.call("exchange.import", { path }, signal);
  } finally {
    await engine.call("staging.abandon", { dropId }).catch(() => {}); // what stays is removed at the next start
  }
}
