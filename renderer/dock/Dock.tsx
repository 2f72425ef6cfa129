import "./dock.css";
import "./control/queueControl.css";
import { ArrowRightLeft, ChevronDown, ChevronUp, CircleCheck, PackageCheck } from "lucide-react";
import { useTranslation } from "react-i18next";
import { applyTab, type DockTab, useDockStore } from "../stores/dockStore.ts";
import { useLayoutStore } from "../stores/layoutStore.ts";
import { pendingCount, useQueueStore } from "../stores/queueStore.ts";
import { EmptyState } from "../ui/EmptyState.tsx";
import { IconButton } from "../ui/IconButton.tsx";
import { Tabs } from "../ui/Tabs.tsx";
import { HoldsBar } from "./control/HoldsBar.tsx";
import { OutageNotes } from "./control/OutageNotes.tsx";
import { DockSummary } from "./DockSummary.tsx";
import { CompletedTools, FailedTools, QueuedTools } from "./DockTools.tsx";
import { BatchList } from "./drops/BatchList.tsx";
import { LogTools } from "./log/LogTools.tsx";
import { LogView } from "./log/LogView.tsx";
import { QueueAnnouncer } from "./QueueAnnouncer.tsx";
import { QueueTable } from "./queue/QueueTable.tsx";
import { SpeedGraph } from "./speed/SpeedGraph.tsx";

/** What moves, what failed, what is done, and what was said. Folded, one line of it stays. */
export function Dock() {
  const { t } = useTranslation("dock");
  const tab = useDockStore((state) => state.tab);
  const isFolded = useLayoutStore((state) => state.isDockFolded);
  const pending = useQueueStore((state) => pendingCount(state.summary));
  const failed = useQueueStore((state) => state.summary.failed);
  const completed = useQueueStore((state) => state.summary.completed);
  const fold = (isDockFolded: boolean) => useLayoutStore.setState({ isDockFolded });

  return (
    <section className="dock" aria-label={t("label")}>
      <QueueAnnouncer />
      <Tabs<DockTab>
        label={t("tabs")}
        className="dock-tabs"
        value={tab}
        tabs={[
          { value: "queued", label: t("queued"), count: pending },
          { value: "batches", label: t("batches") },
          { value: "failed", label: t("failed"), count: failed, tone: "failed" },
          { value: "completed", label: t("completed"), count: completed },
          { value: "log", label: t("log") },
        ]}
        onChange={(next) => {
          useDockStore.setState((state) => applyTab(state, next));
          if (isFolded) fold(false);
        }}
        tools={
          <div className="dock-tools">
            <DockSummary />
            {isFolded ? null : <TabTools tab={tab} />}
            <IconButton
              icon={isFolded ? ChevronUp : ChevronDown}
              label={isFolded ? t("unfold") : t("fold")}
              aria-expanded={!isFolded}
              onClick={() => fold(!isFolded)}
            />
          </div>
        }
      >
        {isFolded ? null : <TabBody tab={tab} />}
      </Tabs>
    </section>
  );
}

type TabProps = { readonly tab: DockTab };

function TabTools({ tab }: TabProps) {
  switch (tab) {
    case "queued":
    case "batches":
      return <QueuedTools searches={tab === "queued"} />;
    case "failed":
      return <FailedTools />;
    case "completed":
      return <CompletedTools />;
    case "log":
      return <LogTools />;
  }
}

function TabBody({ tab }: TabProps) {
  const { t } = useTranslation("dock");
  switch (tab) {
    case "queued":
      return (
        <>
          <HoldsBar />
          <OutageNotes />
          <div className="dock-queue">
            <QueueTable
              key={tab}
              filter="queued"
              label={t("gridQueued")}
              empty={<EmptyState icon={ArrowRightLeft} title={t("emptyQueued")} text={t("emptyQueuedText")} />}
            />
            <SpeedGraph />
          </div>
        </>
      );
    case "batches":
      return (
        <div className="dock-queue">
          <BatchList />
          <SpeedGraph />
        </div>
      );
    case "failed":
      return (
        <QueueTable
          key={tab}
          filter="failed"
          label={t("gridFailed")}
          empty={<EmptyState icon={CircleCheck} title={t("emptyFailed")} text={t("emptyFailedText")} />}
        />
      );
    case "completed":
      return (
        <QueueTable
          key={tab}
          filter="completed"
          label={t("gridCompleted")}
          empty={<EmptyState icon={PackageCheck} title={t("emptyCompleted")} text={t("emptyCompletedText")} />}
        />
      );
    case "log":
      return <LogView />;
  }
}
