import { appContract } from "./app.ts";
import { browseContract } from "./browse.ts";
import type { Client, CommandName, Handlers, InputOf, ItemOf, OutputOf, StreamName } from "./define.ts";
import { exchangeContract } from "./exchange.ts";
import { jobsContract } from "./jobs.ts";
import { plansContract } from "./plans.ts";
import { queueContract } from "./queue.ts";
import { sitesContract } from "./sites.ts";

/** Everything a renderer can ask of the engine. */
export const contract = {
  ...sitesContract,
  ...browseContract,
  ...jobsContract,
  ...queueContract,
  ...plansContract,
  ...exchangeContract,
  ...appContract,
} as const;

export type PortsideContract = typeof contract;
export type EngineApi = Handlers<PortsideContract>;
export type EngineClient = Client<PortsideContract>;

export type CommandInput<K extends CommandName<PortsideContract>> = InputOf<PortsideContract[K]>;
export type CommandOutput<K extends CommandName<PortsideContract>> = OutputOf<PortsideContract[K]>;
export type StreamItem<K extends StreamName<PortsideContract>> = ItemOf<PortsideContract[K]>;
