import { applyNotice, applyNoticeGone, nextWorkId, useUiStore } from "../stores/uiStore.ts";

const briefMs = 400; // what is over by then needs no words

/** Does something that may take long: after a moment a notice says so, and its Cancel aborts the signal. Settles as the work does. */
export async function showUnderWay<T>(text: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const id = nextWorkId();
  const show = (): void =>
    useUiStore.setState((state) => applyNotice(state, { id, text, error: null, cancel: () => stop.abort() }));
  const timer = setTimeout(show, briefMs);
  try {
    return await work(stop.signal);
  } finally {
    clearTimeout(timer);
    useUiStore.setState((state) => applyNoticeGone(state, id));
  }
}
