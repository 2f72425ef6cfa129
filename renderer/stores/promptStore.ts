import { create } from "zustand";
import type {
  CertificateQuestion,
  ConflictQuestion,
  DowngradeQuestion,
  PasswordQuestion,
  Prompt,
} from "../../shared/models/prompt.ts";

export type PromptState = { readonly prompts: readonly Prompt[] };

export const initialPrompts: PromptState = { prompts: [] };

export const usePromptStore = create<PromptState>(() => initialPrompts);

export function applyPrompts(_state: PromptState, prompts: readonly Prompt[]): PromptState {
  return { prompts };
}

/** What is asked on screen: one card for all conflicts of a batch, one for each other question. */
export type PromptCard =
  | {
      readonly kind: "conflict";
      readonly key: string;
      readonly id: number;
      readonly question: ConflictQuestion;
      readonly others: number;
    }
  | {
      readonly kind: "certificate";
      readonly key: string;
      readonly id: number;
      readonly question: CertificateQuestion;
    }
  | { readonly kind: "downgrade"; readonly key: string; readonly id: number; readonly question: DowngradeQuestion }
  | { readonly kind: "password"; readonly key: string; readonly id: number; readonly question: PasswordQuestion };

/**
 * Oldest question first; the key of a batch's card stays while its conflicts are answered one by one. The engine asks some of the
 * conflicts at a time: when one batch alone is in question, all transfers that wait for an answer (`waiting`) are its own.
 */
export function toCards(prompts: readonly Prompt[], waiting: number): readonly PromptCard[] {
  const cards: PromptCard[] = [];
  const cardOfBatch = new Map<number, number>();
  for (const { id, question } of prompts) {
    if (question.kind === "certificate") cards.push({ kind: "certificate", key: `${id}`, id, question });
    else if (question.kind === "downgrade") cards.push({ kind: "downgrade", key: `${id}`, id, question });
    else if (question.kind === "password") cards.push({ kind: "password", key: `${id}`, id, question });
    else {
      const index = cardOfBatch.get(question.batchId);
      const card = index === undefined ? undefined : cards[index];
      if (index !== undefined && card?.kind === "conflict") cards[index] = { ...card, others: card.others + 1 };
      else {
        cardOfBatch.set(question.batchId, cards.length);
        cards.push({ kind: "conflict", key: `batch ${question.batchId}`, id, question, others: 0 });
      }
    }
  }
  if (cardOfBatch.size !== 1) return cards;
  return cards.map((card) =>
    card.kind === "conflict" ? { ...card, others: Math.max(card.others, waiting - 1) } : card,
  );
}

/** Questions and transfers that wait for the user, those not asked yet included. */
export function countQuestions(prompts: readonly Prompt[], waiting: number): number {
  const conflicts = prompts.filter(({ question }) => question.kind === "conflict").length;
  return prompts.length - conflicts + Math.max(conflicts, waiting);
}
