import type { ControlConnection, Exchange } from "./controlConnection.ts";

/** A command, encoded, and what logs have instead where a secret stands in it. */
export type Saying = { readonly line: string; readonly shown?: string };

/** Says commands and gives the exchange of each: of one that is on its way already, or of a new one. */
export type Say = (saying: Saying) => Exchange;

/**
 * Posts `ahead` in one segment. What is said later takes its exchange from there, whatever comes in between; what turns out not to be
 * needed has been said for nothing. To be used only where the server has borne the very same before.
 */
export function sayAtOnce(control: ControlConnection, ahead: readonly Saying[]): Say {
  const posted = new Map<string, Exchange>(ahead.map(({ line, shown }) => [line, control.post(line, shown)]));
  return ({ line, shown }) => {
    const exchange = posted.get(line) ?? control.post(line, shown);
    posted.delete(line);
    return exchange;
  };
}
