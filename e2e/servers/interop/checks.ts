import { cancelChecks } from "./cancels.ts";
import { changeChecks } from "./changes.ts";
import type { Check } from "./check.ts";
import { connectionChecks } from "./connections.ts";
import { encryptionChecks } from "./encryption.ts";
import { engineChecks } from "./engine.ts";
import { listingChecks } from "./listings.ts";
import { loginChecks } from "./login.ts";
import { nameChecks } from "./names.ts";
import { refusalChecks } from "./refusals.ts";
import { resumeChecks } from "./resume.ts";
import type { Target } from "./targets.ts";
import { timeChecks } from "./times.ts";
import { transferChecks } from "./transfers.ts";

export type Theme = { readonly title: string; readonly checks: readonly Check[] };

/** Every check, in the order of the table. */
export const themes: readonly Theme[] = [
  { title: "Connecting", checks: loginChecks },
  { title: "Encryption", checks: encryptionChecks },
  { title: "Data connections", checks: connectionChecks },
  { title: "Listings", checks: listingChecks },
  { title: "Names", checks: nameChecks },
  { title: "Transfers", checks: transferChecks },
  { title: "Continuing", checks: resumeChecks },
  { title: "Cancelling", checks: cancelChecks },
  { title: "Times", checks: timeChecks },
  { title: "Changes", checks: changeChecks },
  { title: "Refusals", checks: refusalChecks },
  { title: "The whole engine", checks: engineChecks },
];

export function checksOf({ protection }: Target): readonly Check[] {
  return themes.flatMap(({ checks }) => checks.filter(({ only = protection }) => only === protection));
}
