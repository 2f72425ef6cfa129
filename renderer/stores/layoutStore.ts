import * as z from "zod/mini";
import { create } from "zustand";

export const columnNames = ["name", "size", "type", "modified", "permissions", "owner"] as const;
export type ColumnName = (typeof columnNames)[number];

const shareSchema = z.number().check(z.gte(0.05), z.lte(0.95));
const widthSchema = z.number().check(z.gte(40), z.lte(2000));
const columnNameSchema = z.enum(columnNames);

const paneLayoutSchema = z.object({
  isTreeShown: z.boolean(),
  treeShare: shareSchema,
  /** In pixels; null: what is left over. */
  widths: z.object({
    name: z.nullable(widthSchema),
    size: widthSchema,
    type: widthSchema,
    modified: widthSchema,
    permissions: widthSchema,
    owner: widthSchema,
  }),
  /** Columns the user does without; the name is always there. */
  hiddenColumns: z._default(z.array(columnNameSchema), []),
  sort: z.object({ column: columnNameSchema, isDescending: z.boolean() }),
});
export type PaneLayout = z.infer<typeof paneLayoutSchema>;
export type Sort = PaneLayout["sort"];

const layoutSchema = z.object({
  panesShare: shareSchema,
  /** Share of the panes, from the top. */
  dockShare: shareSchema,
  isDockFolded: z.boolean(),
  local: paneLayoutSchema,
  remote: paneLayoutSchema,
  /** Where the local pane was last. */
  localPath: z.nullable(z.string()),
});
export type Layout = z.infer<typeof layoutSchema>;

const defaultPane: PaneLayout = {
  isTreeShown: true,
  treeShare: 0.3,
  widths: { name: null, size: 76, type: 78, modified: 134, permissions: 88, owner: 72 },
  hiddenColumns: [],
  sort: { column: "name", isDescending: false },
};

export const defaultLayout: Layout = {
  panesShare: 0.5,
  dockShare: 0.68,
  isDockFolded: false,
  local: { ...defaultPane, hiddenColumns: ["owner"] }, // on one's own computer the owner is seldom news, and names want room
  remote: defaultPane,
  localPath: null,
};

export const useLayoutStore = create<Layout>(() => defaultLayout);

/** What an earlier window wrote. Text that does not fit (another version, a damaged file) gives the default. */
export function parseLayout(text: string | null): Layout {
  if (text === null) return defaultLayout;
  try {
    return layoutSchema.parse(JSON.parse(text));
  } catch {
    return defaultLayout;
  }
}

export function applyPaneLayout(state: Layout, side: "local" | "remote", change: Partial<PaneLayout>): Layout {
  return { ...state, [side]: { ...state[side], ...change } };
}

/** The columns on screen, left to right. */
export function shownColumns({ hiddenColumns }: PaneLayout): readonly ColumnName[] {
  return columnNames.filter((column) => column === "name" || !hiddenColumns.includes(column));
}

/** Hides a column that is shown, shows one that is hidden. */
export function toggleColumn({ hiddenColumns }: PaneLayout, column: ColumnName): Partial<PaneLayout> {
  const isHidden = hiddenColumns.includes(column);
  return { hiddenColumns: isHidden ? hiddenColumns.filter((hidden) => hidden !== column) : [...hiddenColumns, column] };
}

/** A press on the header: another column begins ascending, the same one turns round. */
export function nextSort(sort: Sort, column: ColumnName): Sort {
  return { column, isDescending: sort.column === column && !sort.isDescending };
}
