import type { EngineApi } from "../../../shared/contract/contract.ts";
import type { JobBoard } from "../browse/jobs/jobBoard.ts";

type Names = Extract<keyof EngineApi, `jobs.${string}`>;

export function createJobsApi(jobs: JobBoard): Pick<EngineApi, Names> {
  return {
    "jobs.watch": (_, emit) => jobs.watch((list) => emit({ jobs: [...list] })),
    "jobs.remove": (input) => jobs.run({ kind: "remove", ...input }),
    "jobs.setPermissions": (input) => jobs.run({ kind: "setPermissions", ...input }),
    "jobs.cancel": async ({ id }) => {
      jobs.cancel(id);
      return {};
    },
    "jobs.retry": async ({ id }) => {
      jobs.retry(id);
      return {};
    },
  };
}
