import type { EngineApi } from "../../shared/contract/contract.ts";
import type { Job } from "../../shared/models/job.ts";
import { createNews } from "./createNews.ts";

export type StageJobs = Pick<EngineApi, "jobs.watch" | "jobs.cancel" | "jobs.retry">;

const beginning: Job = {
  id: 1,
  kind: "remove",
  place: { side: "remote", connectionId: "c" },
  folder: "/public_html",
  name: "assets",
  count: 1,
  state: "working",
  files: 2_840,
  folders: 160,
  bytes: 412_000_000,
  total: 3_000,
  done: 1_240,
  current: "/public_html/assets/photographs/2024/harbour at dawn",
  failed: 0,
  failures: [],
  stoppedBy: null,
};

const refused = (path: string) => ({
  path,
  error: {
    kind: "permission-denied" as const,
    message: "DELE",
    reply: { code: 550, text: "Permission denied." },
    path,
  },
});

/** Jobs that stand still, to be looked at: one at work, one that left something undone. */
export function createStageJobs(scene: ReadonlySet<string>): StageJobs {
  const ended: Job = {
    ...beginning,
    id: 2,
    state: "ended",
    done: 2_988,
    failed: 12,
    current: null,
    failures: Array.from({ length: 12 }, (_, index) => refused(`/public_html/assets/cache/page ${index + 1}.html`)),
  };
  const news = createNews<readonly Job[]>(scene.has("jobs") ? [beginning, ended] : []);
  const drop = (id: number) => news.set(news.get().filter((job) => job.id !== id));
  return {
    "jobs.watch": (_, emit) => news.watch((jobs) => emit({ jobs: [...jobs] })),
    "jobs.cancel": async ({ id }) => {
      drop(id);
      return {};
    },
    "jobs.retry": async ({ id }) => {
      drop(id);
      return {};
    },
  };
}
