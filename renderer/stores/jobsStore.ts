import { create } from "zustand";
import type { Job } from "../../shared/models/job.ts";

/** Work on many entries that the engine does by itself, oldest first. */
export const useJobsStore = create<{ readonly jobs: readonly Job[] }>(() => ({ jobs: [] }));
