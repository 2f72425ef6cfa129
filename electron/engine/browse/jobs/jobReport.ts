import type { AppError } from "../../../../shared/errors/appError.ts";
import { policyOf } from "../../../../shared/errors/policy.ts";
import type { Entry } from "../../../../shared/models/entry.ts";

/** What a job tells while it works. */
export type JobReport = {
  /** An entry more was found. */
  readonly find: (entry: Pick<Entry, "type" | "size">) => void;
  /** So many entries more will be worked on. */
  readonly plan: (count: number) => void;
  /** Work goes on in this folder. */
  readonly enter: (folder: string) => void;
  readonly finish: () => void;
  /** Something was left undone. `root`: the entry the job was begun with; `path`: for people. */
  readonly fail: (root: string, path: string, error: AppError) => void;
};

/** True for what would befall every other entry too. A single busy file would not. */
export function isEndOfJob({ kind }: AppError): boolean {
  const { retry } = policyOf[kind];
  const isLogin = kind === "login-rejected" || kind === "account-required";
  const isOneFile = kind === "busy" || kind === "local-busy";
  return kind === "cancelled" || isLogin || (!isOneFile && (retry === "new-session" || retry === "after-delay"));
}
