import { create } from "zustand";
import type { QueueHolds } from "../../shared/models/queueControl.ts";

/** What waits as a whole for the user or the clock. */
export const useHoldsStore = create<QueueHolds>(() => ({ pausedSites: [], starts: [], plans: [] }));
