import type { EngineClient } from "../../shared/contract/contract.ts";
import { localPlace } from "../../shared/models/place.ts";
import { useLayoutStore } from "../stores/layoutStore.ts";
import { applyGoTo, paneStores } from "../stores/paneStore.ts";

/** Begins where the local pane was last, or at home when that folder is gone; remembers every folder it shows. */
export async function openLocalPane(engine: EngineClient, homeFolder: string): Promise<void> {
  const { local } = paneStores;
  const last = useLayoutStore.getState().localPath;
  const path = last === null ? homeFolder : await existing(engine, last, homeFolder);
  local.setState((state) => applyGoTo(state, path));
  local.subscribe((state, before) => {
    if (state.phase === "ready" && state.rowsPath !== null && state.rowsPath !== before.rowsPath) {
      useLayoutStore.setState({ localPath: state.rowsPath });
    }
  });
}

async function existing(engine: EngineClient, path: string, homeFolder: string): Promise<string> {
  try {
    return (await engine.call("folders.resolve", { place: localPlace, from: homeFolder, text: path })).path;
  } catch {
    return homeFolder;
  }
}
