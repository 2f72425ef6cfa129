import "./batches.css";
import { Layers } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { useEngine } from "../../app/EngineContext.ts";
import { queueIntents } from "../../intents/queueIntents.ts";
import { useBatchesStore } from "../../stores/batchesStore.ts";
import { Button } from "../../ui/Button.tsx";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { BatchRow } from "./BatchRow.tsx";

const shownAtOnce = 100; // more than anybody looks through; older ones are a press away

/** The queue by drops: what each has done, and what stands in the way of the rest. */
export function BatchList() {
  const { t } = useTranslation("dock");
  const engine = useEngine();
  const queue = useMemo(() => queueIntents(engine), [engine]);
  const [offset, setOffset] = useState(0);
  const total = useBatchesStore((state) => state.total);
  const batches = useBatchesStore((state) => state.batches);
  useEffect(() => queue.watchBatches(offset, shownAtOnce), [queue, offset]);

  return (
    <div className="batches">
      {/* biome-ignore lint/a11y/noRedundantRoles: a list without bullets is none for some screen readers */}
      <ul role="list" className="batch-list" aria-label={t("batches")}>
        {batches.map((batch) => (
          <BatchRow key={batch.id} batch={batch} queue={queue} />
        ))}
      </ul>
      {total > shownAtOnce ? (
        <div className="batch-pages">
          <Button disabled={offset === 0} onClick={() => setOffset(Math.max(0, offset - shownAtOnce))}>
            {t("batchesNewer")}
          </Button>
          <Button disabled={offset + shownAtOnce >= total} onClick={() => setOffset(offset + shownAtOnce)}>
            {t("batchesOlder")}
          </Button>
        </div>
      ) : null}
      {total === 0 ? <EmptyState icon={Layers} title={t("emptyBatches")} text={t("emptyBatchesText")} /> : null}
    </div>
  );
}
