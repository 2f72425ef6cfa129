import type { EngineApi } from "../../../shared/contract/contract.ts";
import type { PromptBoard } from "../prompts/promptBoard.ts";

type Names = Extract<keyof EngineApi, `prompts.${string}`>;

export function createPromptsApi(prompts: PromptBoard): Pick<EngineApi, Names> {
  return {
    "prompts.watch": (_, emit) => prompts.watch((open) => emit({ prompts: [...open] })),
    "prompts.answer": async ({ id, answer }) => {
      prompts.answer(id, answer);
      return {};
    },
  };
}
