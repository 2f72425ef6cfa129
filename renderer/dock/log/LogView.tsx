import { ArrowDownToLine, ScrollText } from "lucide-react";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { LogLine } from "../../../shared/models/logLine.ts";
import { useDockStore } from "../../stores/dockStore.ts";
import { useLogStore } from "../../stores/logStore.ts";
import { EmptyState } from "../../ui/EmptyState.tsx";
import { IconButton } from "../../ui/IconButton.tsx";
import { rowsInView } from "../queue/rowsInView.ts";
import { useViewport } from "../useViewport.ts";
import { ConsoleLine } from "./ConsoleLine.tsx";
import { clockOf } from "./logText.ts";
import { useLogWords } from "./useLogWords.ts";
import { visibleText } from "./visibleText.ts";

const lineHeight = 18;
const nearEnd = 4; // pixels: a fractional scroll position still counts as the end

/** What Portside and the servers said. It follows the newest line until the user scrolls up. Text only, never markup. */
export function LogView() {
  const { t } = useTranslation("dock");
  const session = useDockStore((state) => state.logSession);
  const wantedId = useDockStore((state) => state.logLineId);
  const all = useLogStore((state) => state.lines);
  const lines = useMemo(
    () => (session === null ? all : all.filter((line) => line.session === session)),
    [all, session],
  );
  const box = useRef<HTMLDivElement>(null);
  const viewport = useViewport(box);
  const [follows, setFollows] = useState(wantedId === null);
  const view = rowsInView(lines.length, lineHeight, viewport);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each line that is asked for, not whenever others arrive
  useLayoutEffect(() => {
    const index = lines.findIndex(({ id }) => id === wantedId);
    if (index < 0 || box.current === null) return;
    setFollows(false);
    box.current.scrollTop = index * lineHeight - box.current.clientHeight / 2;
    box.current.focus();
  }, [wantedId]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are the reason to scroll
  useEffect(() => {
    if (follows && box.current) box.current.scrollTop = box.current.scrollHeight;
  }, [follows, lines, viewport.height]);

  return (
    <div className="log">
      <div className="log-body">
        <div
          ref={box}
          role="log"
          aria-live="off"
          aria-label={t("logLines")}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region must be reachable by keyboard
          tabIndex={0}
          className="log-scroller selectable"
          onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) =>
            setFollows(scrollTop + clientHeight >= scrollHeight - nearEnd)
          }
        >
          <div style={{ height: view.contentHeight }}>
            <div className="log-lines" style={{ transform: `translateY(${view.top}px)` }}>
              {Array.from({ length: view.end - view.first }, (_, step) => view.first + step).map((index) => (
                <LogRow key={index} line={lines[index]} isWanted={wantedId !== null && lines[index]?.id === wantedId} />
              ))}
            </div>
          </div>
        </div>
        {lines.length === 0 ? (
          <div className="queue-empty">
            <EmptyState icon={ScrollText} title={t("emptyLog")} text={t("emptyLogText")} />
          </div>
        ) : null}
        {follows || lines.length === 0 ? null : (
          <IconButton
            icon={ArrowDownToLine}
            label={t("logToEnd")}
            className="log-to-end"
            onClick={() => setFollows(true)}
          />
        )}
      </div>
      <ConsoleLine />
    </div>
  );
}

function LogRow({ line, isWanted }: { readonly line: LogLine | undefined; readonly isWanted: boolean }) {
  const words = useLogWords();
  if (line === undefined) return null;
  return (
    <div className="log-line" data-kind={line.kind} data-wanted={isWanted ? "" : undefined}>
      <span className="log-clock">{clockOf(line.atMs)}</span>
      <span className="log-session">{line.session ?? ""}</span>
      <span className="log-kind">{words[line.kind]}:</span>
      <span>{visibleText(line.text)}</span>
    </div>
  );
}
