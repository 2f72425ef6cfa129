import type { DatabaseSync } from "node:sqlite";
import { type CertificateFacts, certificateFactsSchema } from "../../../shared/models/prompt.ts";
import type { Ask } from "../ports.ts";
import type { PresentedCertificate } from "../sessions/remoteSession.ts";
import { createShared } from "../util/shared.ts";

export type CertificateStore = {
  /**
   * Whether to go on with this certificate. Trusted before: yes. Vouched for by the system's roots and none pinned: yes. Otherwise
   * the user decides; a certificate other than the pinned one is asked about as "changed", even when the roots vouch for it.
   */
  readonly decide: (presented: PresentedCertificate, signal: AbortSignal) => Promise<boolean>;
};

type Decision = "trust-once" | "trust-always" | "reject";

/** Certificates the user trusts, one per host and port; "once" lasts until Portside ends. */
export function createCertificateStore(db: DatabaseSync, ask: Ask): CertificateStore {
  const select = db.prepare("SELECT facts FROM certificates WHERE host = ? AND port = ?");
  const upsert = db.prepare(
    `INSERT INTO certificates (host, port, facts) VALUES (?, ?, ?)
     ON CONFLICT (host, port) DO UPDATE SET facts = excluded.facts`,
  );
  const trustedOnce = new Set<string>();
  const askOnce = createShared<Decision>();

  const pinnedFor = (host: string, port: number) => readFacts(select.get(host.toLowerCase(), port)?.facts);

  const put = async (presented: PresentedCertificate, previous: CertificateFacts | null, signal: AbortSignal) => {
    const { host, port, certificate } = presented;
    const reasons = previous ? [...presented.reasons, "changed" as const] : [...presented.reasons];
    const answer = await ask({ kind: "certificate", host, port, certificate, reasons, previous }, signal);
    return answer.decision;
  };

  return {
    decide: async (presented, signal) => {
      const { host, port, certificate, reasons } = presented;
      const key = `${host.toLowerCase()}:${port} ${certificate.fingerprint256}`;
      const pinned = pinnedFor(host, port);
      if (pinned?.fingerprint256 === certificate.fingerprint256 || trustedOnce.has(key)) return true;
      if (!pinned && reasons.length === 0) return true;

      // Sessions that meet the same certificate while the question stands share it.
      const decision = await askOnce(key, (asking) => put(presented, pinned, asking), signal);
      if (decision === "trust-once") trustedOnce.add(key);
      if (decision === "trust-always") upsert.run(host.toLowerCase(), port, JSON.stringify(certificate));
      return decision !== "reject";
    },
  };
}

function readFacts(text: unknown): CertificateFacts | null {
  if (typeof text !== "string") return null;
  try {
    return certificateFactsSchema.parse(JSON.parse(text));
  } catch {
    return null; // a damaged row pins nothing: the user is asked as for a new certificate
  }
}
