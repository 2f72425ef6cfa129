import { AppError } from "../../../../shared/errors/appError.ts";
import type { ByteSink, RemoteSession } from "../../sessions/remoteSession.ts";
import type { Digests } from "./digests.ts";

export type ReadBack = { readonly path: string; readonly size: number; readonly digests: Digests };

/**
 * Fetches a whole file and keeps nothing of it but its SHA-256, hex; null: it does not have `size` bytes. Rejects with what a download
 * rejects with, and with `busy` when the digest was lost on the way.
 */
export async function readBackSha256(
  session: RemoteSession,
  { path, size, digests }: ReadBack,
  signal: AbortSignal,
): Promise<string | null> {
  const digest = digests.start({ algorithms: ["SHA-256"], size });
  const sink: ByteSink = {
    write: async (bytes) => {
      await digest.add(bytes);
    },
  };
  try {
    await session.download({ path, offset: 0, size, sink, onBytes: () => {} }, signal);
    const { "SHA-256": sha256 } = (await digest.result()) ?? {};
    if (sha256 === undefined) throw new AppError("busy", "The checksum of what was read back was lost", { path });
    return sha256;
  } catch (error) {
    if (error instanceof AppError && error.kind === "incomplete") return null;
    throw error;
  } finally {
    digest.drop();
  }
}
