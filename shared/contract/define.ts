import type * as z from "zod/mini";

/** A call that ends: input down, one output (or an error) up. Cancelled by its signal. */
export type Command<I extends z.ZodMiniType = z.ZodMiniType, O extends z.ZodMiniType = z.ZodMiniType> = {
  readonly type: "command";
  readonly input: I;
  readonly output: O;
};

/** News without an end: input down, items up until stopped. The first item is a snapshot; after a reconnect the caller opens again. */
export type Stream<I extends z.ZodMiniType = z.ZodMiniType, T extends z.ZodMiniType = z.ZodMiniType> = {
  readonly type: "stream";
  readonly input: I;
  readonly item: T;
};

export type Contract = Readonly<Record<string, Command | Stream>>;

export function command<I extends z.ZodMiniType, O extends z.ZodMiniType>(input: I, output: O): Command<I, O> {
  return { type: "command", input, output };
}

export function stream<I extends z.ZodMiniType, T extends z.ZodMiniType>(input: I, item: T): Stream<I, T> {
  return { type: "stream", input, item };
}

export type CommandName<C extends Contract> = {
  [K in keyof C]: C[K] extends Command ? K : never;
}[keyof C] &
  string;
export type StreamName<C extends Contract> = { [K in keyof C]: C[K] extends Stream ? K : never }[keyof C] & string;

export type InputOf<E> = E extends { input: infer I extends z.ZodMiniType } ? z.output<I> : never;
export type OutputOf<E> = E extends { output: infer O extends z.ZodMiniType } ? z.output<O> : never;
export type ItemOf<E> = E extends { item: infer T extends z.ZodMiniType } ? z.output<T> : never;

/** What the engine gives for a contract. Inputs arrive parsed. A missing or misspelt handler does not compile. */
export type Handlers<C extends Contract> = {
  readonly [K in CommandName<C>]: (input: InputOf<C[K]>, signal: AbortSignal) => Promise<OutputOf<C[K]>>;
} & {
  readonly [K in StreamName<C>]: (input: InputOf<C[K]>, emit: (item: ItemOf<C[K]>) => void) => () => void;
};

/** The caller's side of a contract, over any transport. */
export type Client<C extends Contract> = {
  /** Rejects with AppError; `signal` stops the work on the other side too. */
  readonly call: <K extends CommandName<C>>(
    name: K,
    input: InputOf<C[K]>,
    signal?: AbortSignal,
  ) => Promise<OutputOf<C[K]>>;
  /** Opens a stream; returns its end. `onFail` gets an AppError when the stream breaks (bad input, transport lost). */
  readonly open: <K extends StreamName<C>>(
    name: K,
    input: InputOf<C[K]>,
    onItem: (item: ItemOf<C[K]>) => void,
    onFail?: (error: Error) => void,
  ) => () => void;
  readonly close: () => void;
};
