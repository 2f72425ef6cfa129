import { createContext, useContext } from "react";
import type { EngineClient } from "../../shared/contract/contract.ts";

export const EngineContext = createContext<EngineClient | null>(null);

/** The way to the engine, for intents. Stores are fed by bindStreams; components do not open streams of the whole window. */
export function useEngine(): EngineClient {
  const client = useContext(EngineContext);
  if (client === null) throw new Error("This component stands outside EngineContext.");
  return client;
}
