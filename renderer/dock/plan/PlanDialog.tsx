import "./plan.css";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEngine } from "../../app/EngineContext.ts";
import { planIntents } from "../../intents/planIntents.ts";
import { reportFailure } from "../../intents/reportFailure.ts";
import { usePlanStore } from "../../stores/planStore.ts";
import { applyDialog, applySpoken, useUiStore } from "../../stores/uiStore.ts";
import { Button } from "../../ui/Button.tsx";
import { ConfirmDialog } from "../../ui/ConfirmDialog.tsx";
import { Dialog } from "../../ui/Dialog.tsx";
import { PlanFigures } from "./PlanFigures.tsx";
import { PlanParts } from "./PlanParts.tsx";
import { PlanTable } from "./PlanTable.tsx";
import { planTitle } from "./planWords.ts";

/** The plan of a drop, while it is open. */
export function PlanDialog() {
  const dialog = useUiStore((state) => state.dialog);
  return dialog?.kind === "plan" ? <OpenPlan key={dialog.batchId} batchId={dialog.batchId} /> : null;
}

/** What a drop will do, to be looked at, changed, started or discarded. Closed, it stays a plan. */
function OpenPlan({ batchId }: { readonly batchId: number }) {
  const { t } = useTranslation("plan");
  const engine = useEngine();
  const intents = useMemo(() => planIntents(engine, batchId), [engine, batchId]);
  const plan = usePlanStore((state) => state.plan);
  const [isAsking, setAsking] = useState(false);
  useEffect(() => intents.watch(close), [intents]);

  const start = (): void => {
    reportFailure(
      intents.start().then(() => useUiStore.setState((state) => applySpoken(state, t("started")))),
      t("start"),
    );
    close();
  };
  const discard = (): void => {
    reportFailure(intents.discard(), t("discard"));
    close();
  };

  if (plan === null) return null;
  return (
    <Dialog
      isOpen
      size="large"
      title={planTitle(plan, t)}
      onClose={close}
      actions={
        <>
          <Button className="plan-discard" onClick={() => setAsking(true)}>
            {t("discard")}
          </Button>
          <Button kind="primary" onClick={start}>
            {t("start")}
          </Button>
        </>
      }
    >
      <div className="plan">
        <PlanFigures plan={plan} />
        <PlanParts plan={plan} />
        <PlanTable intents={intents} />
      </div>
      <ConfirmDialog
        isOpen={isAsking}
        title={t("discardTitle")}
        description={t("discardText")}
        confirmLabel={t("discard")}
        isDangerous
        onCancel={() => setAsking(false)}
        onConfirm={discard}
      />
    </Dialog>
  );
}

function close(): void {
  useUiStore.setState((state) => applyDialog(state, null));
}
