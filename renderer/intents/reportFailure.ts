import { toWireError } from "../../shared/errors/appError.ts";
import { applyNotice, useUiStore } from "../stores/uiStore.ts";

/** Lets work go on by itself; if it fails, a notice says so. `heading` names what was tried. A cancelled call says nothing. */
export function reportFailure(work: Promise<unknown>, heading: string): void {
  work.catch((thrown: unknown) => {
    const error = toWireError(thrown);
    if (error.kind === "cancelled") return;
    useUiStore.setState((state) => {
      const id = Math.max(0, ...state.notices.map((notice) => notice.id)) + 1;
      return applyNotice(state, { id, text: heading, error, cancel: null });
    });
  });
}
