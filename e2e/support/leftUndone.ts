import type { WireError } from "../../shared/errors/appError.ts";
import type { TestEngine } from "./engine.ts";

/** What ended jobs could not do, as the window hears of it. */
export function leftUndone({ engine: { api } }: TestEngine): readonly WireError[] {
  const errors: WireError[] = [];
  api["jobs.watch"]({}, ({ jobs }) => {
    for (const { failures } of jobs) errors.push(...failures.map(({ error }) => error));
  })();
  return errors;
}
