import type { Answer, AnswerTo, Question } from "../../shared/models/prompt.ts";

/** What the host must give the engine. Everything else the engine makes itself. */
export type HostPorts = {
  readonly host: "desktop" | "browser";
  readonly version: string;
  /** Component versions for About. */
  readonly versions: Readonly<Record<string, string>>;
  readonly fileDrop: "paths" | "staging";
  readonly dirs: Dirs;
  readonly clock: Clock;
  readonly secrets: Secrets;
  readonly opensDemo: boolean;
  readonly endings: Endings;
};

/** What the host can do once the queue is finished. What it cannot do is left out, and not offered. */
export type Endings = {
  /** Ends Portside as if the user had; asks nothing. */
  readonly quit?: () => void;
  /** Sends the computer to sleep. Rejects when it refuses. */
  readonly sleep?: () => Promise<void>;
};

export type Dirs = {
  /** Databases, key file, demo files; made with mode 0700. */
  readonly data: string;
  /** Where the local pane begins. */
  readonly home: string;
};

/** Time as a parameter, so that tests need not wait. Epoch milliseconds. */
export type Clock = {
  readonly now: () => number;
  /** Calls back once after `delayMs`; returns its undo. */
  readonly setTimer: (delayMs: number, callback: () => void) => () => void;
};

/** Encrypts what must be readable again (passwords). Sealed text is safe to write to disk. */
export type Secrets = {
  readonly storage: "keychain" | "key-file" | "none";
  /** Rejects with kind `internal` when `storage` is "none". */
  readonly seal: (plain: string) => Promise<string>;
  /** Rejects when the text was not sealed by this box. */
  readonly unseal: (sealed: string) => Promise<string>;
};

/**
 * Asks the user and waits: a question becomes state (prompts.watch), never a reverse call. Rejects with kind `cancelled` when the
 * signal fires, and the prompt goes away.
 */
export type Ask = <Q extends Question>(question: Q, signal: AbortSignal) => Promise<AnswerTo<Q["kind"]> & Answer>;

/** Where a session writes its dialogue. Lines arrive with secrets masked. */
export type SessionLog = {
  readonly status: (text: string) => void;
  readonly command: (text: string) => void;
  readonly reply: (text: string) => void;
  readonly error: (text: string) => void;
  /** A line of text that came over a data connection and that somebody asked to read. */
  readonly listing: (text: string) => void;
};

export const systemClock: Clock = {
  now: Date.now,
  setTimer: (delayMs, callback) => {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};
