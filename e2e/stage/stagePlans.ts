import type { EngineApi } from "../../shared/contract/contract.ts";
import type { Plan, PlanAction, PlanHead, PlannedTransfer, PlanPart } from "../../shared/models/plan.ts";
import { createNews } from "./createNews.ts";

type PlanNames = "plans.watch" | "plans.watchWindow" | "plans.choose" | "plans.start" | "plans.discard";

export type StagePlans = Pick<EngineApi, PlanNames> & {
  /** Makes the sample plan for a drop. */
  readonly add: (batchId: number) => void;
};

/** One sample plan, that can be looked at, changed, started and discarded. `onHeads`: what waits as a plan now. */
export function createStagePlans(scene: ReadonlySet<string>, onHeads: (plans: PlanHead[]) => void): StagePlans {
  const rows = createNews<readonly PlannedTransfer[] | null>(null);
  let batchId = 0;
  let revision = 0;
  const bytesOf = ({ action, size, targetSize }: PlannedTransfer): number => {
    if (action === null || action === "skip" || action === "fail" || action === "merge") return 0;
    return action === "resume" ? (size ?? 0) - (targetSize ?? 0) : (size ?? 0);
  };
  const isIn = (row: PlannedTransfer, part: PlanPart) =>
    part === "all" || (part === "names" ? row.note !== null : row.action === part);
  const head = { batchId: 0, direction: "upload", siteName: "Harbour Works", target: "/public_html" } as const;

  const summarise = (all: readonly PlannedTransfer[]): Plan => {
    const byAction = Map.groupBy(all, ({ action }) => action);
    const counts = [...byAction].flatMap(([action, some]) => {
      if (action === null) return [];
      const folders = some.filter(({ kind }) => kind === "folder").length;
      return [
        { action, files: some.length - folders, folders, bytes: some.reduce((sum, row) => sum + bytesOf(row), 0) },
      ];
    });
    const bytes = counts.reduce((sum, count) => sum + count.bytes, 0);
    return {
      ...head,
      batchId,
      counts,
      bytes,
      names: all.filter(({ note }) => note !== null).length,
      pending: byAction.get(null)?.length ?? 0,
      free: { local: 212_000_000_000, remote: scene.has("planFull") ? 900_000_000 : 48_000_000_000 },
      timeMs: 194_000,
      trouble: scene.has("planTrouble") ? { kind: "connection-refused", text: "connect ECONNREFUSED" } : null,
    };
  };

  const end = async () => {
    rows.set(null);
    onHeads([]);
    return {};
  };
  const add = (id: number): void => {
    batchId = id;
    rows.set(sampleRows(scene.has("planTrouble")));
    onHeads([{ ...head, batchId, isWaiting: true }]);
  };
  if (scene.has("plan") || scene.has("planFull") || scene.has("planTrouble")) add(900);

  return {
    add,
    "plans.watch": (_input, emit) => rows.watch((all) => emit({ plan: all === null ? null : summarise(all) })),
    "plans.watchWindow": ({ part, offset, limit }, emit) =>
      rows.watch((all) => {
        const found = (all ?? []).filter((row) => isIn(row, part));
        emit({ revision: ++revision, total: found.length, rows: found.slice(offset, offset + limit) });
      }),
    "plans.choose": async ({ rows: chosen, choice }) => {
      const ids = "ids" in chosen ? new Set(chosen.ids) : null;
      const isMeant = (row: PlannedTransfer) =>
        "part" in chosen ? isIn(row, chosen.part) : (ids?.has(row.id) ?? false);
      const changed = (rows.get() ?? []).map((row): PlannedTransfer => {
        if (!isMeant(row) || choice === "as-planned") return row;
        return choice === "skip" || row.targetSize !== null ? { ...row, action: choice, reason: "choice" } : row;
      });
      rows.set(changed);
      return {};
    },
    "plans.start": end,
    "plans.discard": end,
  };
}

const samples: readonly (Partial<PlannedTransfer> & { readonly name: string; readonly action: PlanAction | null })[] = [
  { name: "site", kind: "folder", size: null, action: "merge", reason: "folder-there" },
  { name: "assets", kind: "folder", size: null, action: "create", reason: "new" },
  { name: "index.html", action: "overwrite", reason: "rule", targetSize: 18_200 },
  { name: "about.html", action: "skip", reason: "not-newer", targetSize: 6_200 },
  { name: "drafts.tmp", action: "skip", reason: "rule", rule: "*.tmp", targetSize: 900 },
  { name: "harbour film.mp4", size: 640_000_000, action: "resume", reason: "rule", targetSize: 220_000_000 },
  { name: "price list.pdf", action: "rename", reason: "rule", newName: "price list (2).pdf", targetSize: 88_000 },
  { name: "README (2).txt", action: "create", reason: "new", note: "clash" },
  { name: "menu: spring.txt", action: "create", reason: "new", note: "windows" },
  { name: "contact.html", action: "ask", reason: "rule", targetSize: 5_300 },
  { name: "logo", action: "fail", reason: "folder-in-the-way" },
];

function sampleRows(isUnfinished: boolean): PlannedTransfer[] {
  return Array.from({ length: 1_204 }, (_, index) => {
    const sample = samples[index] ?? { name: `harbour at dawn ${index}.jpg`, action: "create", reason: "new" };
    const { name, ...facts } = sample;
    const row: PlannedTransfer = {
      ...{ id: 1_000 + index, kind: "file", sourcePath: `/home/mira/Sites/site/${name}` },
      targetPath: `/public_html/site/${index > samples.length ? "assets/" : ""}${name}`,
      size: 900_000 + ((index * 7_919) % 4_000_000),
      ...{ reason: null, rule: null, note: null, errorKind: null, newName: null },
      ...{ modifiedMs: 1_700_000_000_000, targetSize: null, targetModifiedMs: null },
      ...facts,
    };
    return isUnfinished && index > 60 ? { ...row, action: null, reason: null } : row;
  });
}
