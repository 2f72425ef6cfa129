import type { EngineClient } from "../../shared/contract/contract.ts";
import { parseLayout, useLayoutStore } from "../stores/layoutStore.ts";

const restMs = 400; // a splitter on the move is not written down at each step

/** Brings back the window's splits, columns and last folder, and writes them down whenever they have come to rest. */
export async function keepLayout(client: EngineClient): Promise<void> {
  const { text } = await client.call("layout.load", {});
  useLayoutStore.setState(parseLayout(text));
  let timer: ReturnType<typeof setTimeout> | undefined;
  const save = (): void => {
    clearTimeout(timer);
    timer = undefined;
    // The next change is another chance; the layout is not worth a message.
    client.call("layout.save", { text: JSON.stringify(useLayoutStore.getState()) }).catch(() => {});
  };
  useLayoutStore.subscribe(() => {
    clearTimeout(timer);
    timer = setTimeout(save, restMs);
  });
  window.addEventListener("pagehide", () => timer !== undefined && save());
}
