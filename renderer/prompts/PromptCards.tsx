import "./prompts.css";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Answer } from "../../shared/models/prompt.ts";
import { useEngine } from "../app/EngineContext.ts";
import { answerPrompt } from "../intents/promptIntents.ts";
import { reportFailure } from "../intents/reportFailure.ts";
import { type PromptCard, toCards, usePromptStore } from "../stores/promptStore.ts";
import { useQueueStore } from "../stores/queueStore.ts";
import { applySpoken, useUiStore } from "../stores/uiStore.ts";
import { CertificateCard } from "./CertificateCard.tsx";
import { ConflictCard } from "./ConflictCard.tsx";
import { DowngradeCard } from "./DowngradeCard.tsx";
import { PasswordCard } from "./PasswordCard.tsx";

const urgency = { downgrade: 0, certificate: 0, password: 1, conflict: 2 } as const satisfies Record<
  PromptCard["kind"],
  number
>;

const titleOf = {
  downgrade: "downgradeTitle",
  certificate: "certificateTitle",
  password: "passwordTitle",
  conflict: "conflictTitle",
} as const satisfies Record<PromptCard["kind"], string>;

/** What waits for the user, one card at a time below the top bar: first what a connection waits for, then conflicts by drop. */
export function PromptCards() {
  const { t } = useTranslation("prompts");
  const prompts = usePromptStore((state) => state.prompts);
  const waiting = useQueueStore((state) => state.summary.waiting);
  const cards = useMemo(
    () => [...toCards(prompts, waiting)].sort((a, b) => urgency[a.kind] - urgency[b.kind]),
    [prompts, waiting],
  );
  const [first, ...later] = cards;
  const title = first === undefined ? null : t(titleOf[first.kind]);

  // A card that takes no focus is not heard of otherwise.
  // biome-ignore lint/correctness/useExhaustiveDependencies: said once for each card
  useEffect(() => {
    if (title !== null) useUiStore.setState((state) => applySpoken(state, title));
  }, [first?.key, title]);

  if (first === undefined) return null;
  return (
    <section className="prompts" aria-label={t("region")}>
      <Card key={first.key} card={first} />
      {later.length === 0 ? null : <p className="popup prompts-later">{t("laterCards", { count: later.length })}</p>}
    </section>
  );
}

function Card({ card }: { readonly card: PromptCard }) {
  const { t } = useTranslation("prompts");
  const engine = useEngine();
  const answer = (given: Answer): void => reportFailure(answerPrompt(engine, card.id, given), t("region"));
  switch (card.kind) {
    case "conflict":
      // Keyed by transfer: the chosen action and scope stay for the next conflict of the drop, the typed name does not.
      return <ConflictCard question={card.question} others={card.others} onAnswer={answer} />;
    case "certificate":
      return <CertificateCard question={card.question} onAnswer={answer} />;
    case "downgrade":
      return <DowngradeCard question={card.question} onAnswer={answer} />;
    case "password":
      return <PasswordCard question={card.question} onAnswer={answer} />;
  }
}
