import { AppError } from "../../../shared/errors/appError.ts";
import type { Answer, Prompt, Question } from "../../../shared/models/prompt.ts";
import type { Ask, Clock } from "../ports.ts";
import { cancelled, onAbort } from "../util/cancel.ts";
import { createListeners } from "../util/listeners.ts";

export type PromptBoard = {
  readonly ask: Ask;
  /** Rejects with `invalid-input` when the prompt is gone or is of another kind. */
  readonly answer: (id: number, answer: Answer) => void;
  /** All open prompts, oldest first; now, and again on every change. */
  readonly watch: (emit: (prompts: readonly Prompt[]) => void) => () => void;
};

type OpenPrompt = { readonly prompt: Prompt; readonly settle: (answer: Answer) => void };

/** Questions to the user as state: whoever asks waits for a promise, whoever draws sees a list. */
export function createPromptBoard(clock: Clock): PromptBoard {
  const open = new Map<number, OpenPrompt>();
  const listeners = createListeners<readonly Prompt[]>();
  let lastId = 0;

  const list = () => [...open.values()].map(({ prompt }) => prompt);
  const close = (id: number) => {
    if (open.delete(id)) listeners.tell(list());
  };

  const ask = (question: Question, signal: AbortSignal): Promise<Answer> =>
    new Promise((resolve, reject) => {
      if (signal.aborted) return reject(cancelled());
      const id = ++lastId;
      const stopListening = onAbort(signal, () => {
        close(id);
        reject(cancelled());
      });
      const settle = (answer: Answer) => {
        stopListening();
        close(id);
        resolve(answer);
      };
      open.set(id, { prompt: { id, askedMs: clock.now(), question }, settle });
      listeners.tell(list());
    });

  return {
    // `answer` lets nothing through but the kind that was asked for, which the compiler cannot follow through the map.
    ask: ask as Ask,
    answer: (id, answer) => {
      const waiting = open.get(id);
      if (!waiting) throw new AppError("invalid-input", `Prompt ${id} is no longer open`);
      const { kind } = waiting.prompt.question;
      if (kind !== answer.kind) throw new AppError("invalid-input", `A ${kind} prompt takes no ${answer.kind} answer`);
      waiting.settle(answer);
    },
    watch: (emit) => {
      emit(list());
      return listeners.add(emit);
    },
  };
}
