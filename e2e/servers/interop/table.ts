import { checksOf, themes } from "./checks.ts";
import { findKnown } from "./known.ts";
import type { Result } from "./results.ts";
import { type Target, targets } from "./targets.ts";

/** What a run must end with for the product to be in order. */
export function expectedResults(): Result[] {
  return targets.flatMap((target) =>
    checksOf(target).map(({ id }) => ({
      server: target.server,
      protection: target.protection,
      check: id,
      outcome: findKnown(target, id) === undefined ? ("passed" as const) : ("known" as const),
    })),
  );
}

/** docs/guide/servers.md: the results as a table with a footnote for each known limit. Throws when a check has no result. */
export function renderTable(results: readonly Result[]): string {
  const footnotes: string[] = [];
  const numberOf = (footnote: string) => {
    if (!footnotes.includes(footnote)) footnotes.push(footnote);
    return footnotes.indexOf(footnote) + 1;
  };
  const cell = (target: Target, check: string) => {
    if (!checksOf(target).some(({ id }) => id === check)) return "–";
    const result = results.find(
      (each) => each.server === target.server && each.protection === target.protection && each.check === check,
    );
    if (result === undefined) throw new Error(`${target.server}, ${target.protection}: ${check} has not passed.`);
    if (result.outcome === "passed") return "✓";
    return `[${numberOf(`${target.server} ${findKnown(target, check)?.reason}.`)}](#known-limits)`;
  };
  const rows = themes.flatMap(({ title, checks }) => [
    `| **${title}** ${"| ".repeat(targets.length)}|`,
    ...checks.map(({ id, title: what }) => `| … ${what} | ${targets.map((each) => cell(each, id)).join(" | ")} |`),
  ]);
  return [
    ...intro(results),
    `| The server … | ${targets.map(({ server, protection }) => `${server}, ${protection}`).join(" | ")} |`,
    `|---|${":-:|".repeat(targets.length)}`,
    ...rows,
    "",
    "## Known limits",
    "",
    "What these servers cannot do, or do not tell. The test of each sees exactly this, and fails when it is gone.",
    "",
    ...footnotes.map((footnote, index) => `${index + 1}. ${footnote}`),
    "",
  ].join("\n");
}

function intro(results: readonly Result[]): string[] {
  const count = themes.flatMap(({ checks }) => checks).length;
  const passed = results.filter(({ outcome }) => outcome === "passed").length;
  return [
    "# Servers Portside is tested with",
    "",
    `${count} checks run against five real servers, each plain and, where the server has it, over TLS: ${results.length} results, of which ` +
      `${passed} are a ✓ and ${results.length - passed} a limit of the server's own. “–” means that a check makes no sense there.`,
    "",
    "`npm run servers -- e2e/servers/interop` runs them, and `node e2e/servers/interop/writeTable.ts` writes this page from what came out.",
    "vsftpd and ProFTPD demand over TLS that every data connection resumes the session of the control connection.",
    "",
  ];
}
