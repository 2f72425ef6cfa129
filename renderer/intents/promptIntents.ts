import type { EngineClient } from "../../shared/contract/contract.ts";
import type { Answer } from "../../shared/models/prompt.ts";

/** Answers a question. The card goes away with the news that the question is gone, not before. */
export function answerPrompt(engine: EngineClient, id: number, answer: Answer): Promise<unknown> {
  return engine.call("prompts.answer", { id, answer });
}
