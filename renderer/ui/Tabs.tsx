import { Tabs as Base } from "@base-ui/react/tabs";
import type { ReactNode } from "react";

export type TabChoice<V extends string> = {
  readonly value: V;
  readonly label: string;
  readonly count?: number | undefined;
  readonly tone?: "normal" | "failed";
};

export type TabsProps<V extends string> = {
  readonly label: string;
  readonly value: V;
  readonly tabs: readonly TabChoice<V>[];
  readonly onChange: (value: V) => void;
  /** Stands at the end of the tab row. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
};

/** A row of tabs over the panel of the chosen one. The caller draws that panel's content. */
export function Tabs<V extends string>(props: TabsProps<V>) {
  const { label, value, tabs, onChange, tools, children, className } = props;
  return (
    <Base.Root value={value} onValueChange={(next: V) => onChange(next)} className={className}>
      <div className="tab-row">
        <Base.List className="tab-list" aria-label={label} activateOnFocus>
          {tabs.map((tab) => (
            <Base.Tab key={tab.value} value={tab.value} className="tab">
              {tab.label}
              {tab.count ? (
                <span className="tab-count" data-tone={tab.tone}>
                  {tab.count.toLocaleString()}
                </span>
              ) : null}
            </Base.Tab>
          ))}
        </Base.List>
        {tools}
      </div>
      <Base.Panel value={value} className="tab-panel">
        {children}
      </Base.Panel>
    </Base.Root>
  );
}
