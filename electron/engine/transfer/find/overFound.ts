import type { QueueSelection } from "../../../../shared/contract/queue.ts";
import type { FoundLists } from "./foundLists.ts";

const rowsAtOnce = 10_000;

/** Lets a command that knows ids work on all that a search finds, in steps. Rows that come to match later are not meant. */
export function overFound(
  lists: Pick<FoundLists, "find">,
  act: (selection: QueueSelection) => Promise<void>,
): (selection: QueueSelection) => Promise<void> {
  return async (selection) => {
    const search = "filter" in selection ? (selection.search?.trim() ?? "") : "";
    if (!("filter" in selection) || search === "") return act(selection);
    const ids = await lists.find({ filter: selection.filter, search, sort: null });
    for (let from = 0; from < ids.length; from += rowsAtOnce) {
      await act({ ids: [...ids.subarray(from, from + rowsAtOnce)] });
    }
  };
}
