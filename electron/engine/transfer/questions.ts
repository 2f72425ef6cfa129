import type { Answer, AnswerTo, ConflictAction, ConflictQuestion } from "../../../shared/models/prompt.ts";
import type { Direction } from "../../../shared/models/transfer.ts";
import type { Ask } from "../ports.ts";
import type { ConflictRules } from "./policies/conflictRules.ts";
import type { QueueStore } from "./store/queueStore.ts";
import type { TransferRow } from "./transferRow.ts";

export type QuestionParts = {
  readonly store: QueueStore;
  readonly ask: Ask;
  readonly rules: ConflictRules;
  /** The answer becomes the setting. */
  readonly setForAlways: (direction: Direction, action: ConflictAction) => void;
  readonly now: () => number;
  /** Text as a wire name of a site. */
  readonly toWire: (siteId: string, text: string) => string;
  /** The user does not want this one. */
  readonly onSkipped: (row: TransferRow) => void;
  /** Rows have changed state; some may be queued now. */
  readonly onAnswered: () => void;
};

/** The conflicts that wait for the user. A waiting transfer holds no slot and no session. */
export type Questions = {
  /** Asks about a row that is `waiting` by now. */
  readonly open: (row: TransferRow, question: ConflictQuestion) => void;
  /** Withdraws the questions of rows that wait no longer. */
  readonly dropStale: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * No more prompts than a person can look through. Further conflicts wait as rows alone; each answer brings the next one back into the
 * queue, where it is looked at afresh and asked about, or settled by the rule that was given meanwhile.
 */
const openAtOnce = 50;

export function openQuestions(parts: QuestionParts): Questions {
  const { store, ask, rules, now, toWire, onSkipped, onAnswered } = parts;
  const asked = new Map<number, { readonly withdraw: () => void; readonly ended: Promise<void> }>();

  function open(row: TransferRow, question: ConflictQuestion): void {
    if (asked.size >= openAtOnce) return;
    const controller = new AbortController();
    const ended = askAndApply(row, question, controller.signal);
    asked.set(row.id, { withdraw: () => controller.abort(), ended });
  }

  async function askAndApply(row: TransferRow, question: ConflictQuestion, signal: AbortSignal): Promise<void> {
    await Promise.resolve(); // `asked` is set by now
    try {
      const answer = await ask(question, signal);
      asked.delete(row.id);
      apply(row, answer);
    } catch {
      asked.delete(row.id); // withdrawn: whoever did it has changed the row already
    }
    if (!signal.aborted) bringNext();
    onAnswered();
  }

  function apply(row: TransferRow, { action, newName, scope }: AnswerTo<"conflict"> & Answer): void {
    if (scope === "this") {
      applyToOne(row, action, newName);
      return;
    }
    if (scope === "batch") store.setBatchRule(row.batchId, action);
    else if (scope === "direction") rules.setForDirection(row.direction, action);
    else {
      rules.setForDirection(row.direction, null);
      parts.setForAlways(row.direction, action);
      store.apply(row.id, "answer", { decision: action }); // one of the ordered rules may have wanted to ask about this one
    }
    const reached = scope === "batch" ? { batchId: row.batchId } : { direction: row.direction };
    releaseAll(reached);
  }

  function applyToOne(row: TransferRow, action: AnswerTo<"conflict">["action"], newName: string | undefined): void {
    if (action === "skip") {
      const change = { skipped: "user", finishedMs: now() } as const;
      if (row.partName === null && store.apply(row.id, "skip", change)) {
        onSkipped(row);
        return;
      }
    }
    if (action === "rename" && newName !== undefined) {
      const targetName = row.direction === "upload" ? toWire(row.siteId, newName) : newName;
      store.apply(row.id, "answer", { targetName });
    } else {
      store.apply(row.id, "answer", { decision: action });
    }
  }

  /** Everything the answer reaches goes back into the queue, where the rule settles it. */
  function releaseAll(scope: { batchId: number } | { direction: Direction }): void {
    for (let ids = store.waitingIds(scope, [], 5_000); ids.length > 0; ids = store.waitingIds(scope, [], 5_000)) {
      store.applyAll(ids, "answer");
      for (const id of ids) asked.get(id)?.withdraw();
    }
  }

  function bringNext(): void {
    const free = openAtOnce - asked.size;
    if (free <= 0) return;
    const ids = store.waitingIds(null, [...asked.keys()], free);
    if (ids.length > 0) store.applyAll(ids, "answer");
  }

  async function withdraw(ids: readonly number[]): Promise<void> {
    const ends = ids.map((id) => asked.get(id));
    for (const question of ends) question?.withdraw();
    await Promise.all(ends.map((question) => question?.ended));
  }

  return {
    open,
    dropStale: () => withdraw([...asked.keys()].filter((id) => store.stateOf(id) !== "waiting")),
    close: () => withdraw([...asked.keys()]),
  };
}
