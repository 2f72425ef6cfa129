import { AppError } from "../../../shared/errors/appError.ts";

/** What a user does to files of one place. Names are wire names of entries; typed names are text. */
export type PlaceFiles = {
  /** A typed path as a path of this place; rejects when it is no folder that exists. */
  readonly resolve: (from: string, text: string, signal: AbortSignal) => Promise<string>;
  /** Makes every level of "a/b/c" that is not there yet; returns the wire name of the first. The last one must be new. */
  readonly create: (folder: string, name: string, signal: AbortSignal) => Promise<string>;
  /** Never onto another entry: `already-exists`. */
  readonly rename: (folder: string, wireName: string, newName: string, signal: AbortSignal) => Promise<void>;
  readonly move: (folder: string, wireNames: readonly string[], target: string, signal: AbortSignal) => Promise<void>;
};

/** Goes on after a failure and tells all of them as one at the end. */
export type Failures = {
  readonly add: (error: AppError) => void;
  /** Throws what was added: a single failure itself, several as one that names the first. */
  readonly throwIfAny: (what: string) => void;
};

export function collectFailures(): Failures {
  let first: AppError | null = null;
  let count = 0;
  return {
    add: (error) => {
      first ??= error;
      count++;
    },
    throwIfAny: (what) => {
      if (!first) return;
      if (count === 1) throw first;
      const { kind, reply, command, path, message } = first;
      const text = `${count} entries could not be ${what}. The first: ${message}`;
      throw new AppError(kind, text, { reply, command, path, cause: first });
    },
  };
}
