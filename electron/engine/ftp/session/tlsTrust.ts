import type { X509Certificate } from "node:crypto";
import { isIP } from "node:net";
import type { CertificateFacts, CertificateReason } from "../../../../shared/models/prompt.ts";

/** A certificate in the words of the certificate prompt. */
export function certificateFacts(certificate: X509Certificate): CertificateFacts {
  return {
    subject: onOneLine(certificate.subject),
    names: alternativeNames(certificate.subjectAltName ?? ""),
    issuer: onOneLine(certificate.issuer),
    validFromMs: Date.parse(certificate.validFrom),
    validToMs: Date.parse(certificate.validTo),
    fingerprint256: certificate.fingerprint256,
  };
}

/**
 * Why the system would not trust this certificate for this host; empty when it would. `verifyError` is OpenSSL's verdict on the
 * chain: it names one fault only, so the others are looked for here.
 */
export function distrustReasons(
  certificate: X509Certificate,
  { host, nowMs, verifyError }: { host: string; nowMs: number; verifyError: string | null },
): readonly CertificateReason[] {
  const reasons = new Set<CertificateReason>();
  if (nowMs < Date.parse(certificate.validFrom)) reasons.add("not-yet-valid");
  if (nowMs > Date.parse(certificate.validTo)) reasons.add("expired");
  if (!fitsHost(certificate, host)) reasons.add("wrong-host");
  const chainReason = verifyError === null ? null : reasonOfVerifyError(verifyError, certificate);
  if (chainReason !== null) reasons.add(chainReason);
  return [...reasons];
}

/** RFC 9525: names from the subject alternative names only, wildcards for one whole label only, addresses by address entries only. */
function fitsHost(certificate: X509Certificate, host: string): boolean {
  if (isIP(host) !== 0) return certificate.checkIP(host) !== undefined;
  return certificate.checkHost(host, { subject: "never", partialWildcards: false }) !== undefined;
}

function reasonOfVerifyError(code: string, certificate: X509Certificate): CertificateReason | null {
  switch (code) {
    case "DEPTH_ZERO_SELF_SIGNED_CERT":
      return "self-signed";
    case "UNABLE_TO_VERIFY_LEAF_SIGNATURE":
    case "UNABLE_TO_GET_ISSUER_CERT":
    case "UNABLE_TO_GET_ISSUER_CERT_LOCALLY":
    case "SELF_SIGNED_CERT_IN_CHAIN":
    case "CERT_UNTRUSTED":
    case "INVALID_CA":
      return certificate.checkIssued(certificate) ? "self-signed" : "unknown-issuer";
    case "CERT_HAS_EXPIRED":
    case "CERT_NOT_YET_VALID":
    case "ERR_TLS_CERT_ALTNAME_INVALID":
      // Found above for this certificate. An expired self-signed one still is self-signed; an expired issuer is nobody's fault here.
      return certificate.checkIssued(certificate) ? "self-signed" : null;
    default:
      return "other";
  }
}

/** "CN=a\nO=b" as "CN=a, O=b". */
function onOneLine(name: string): string {
  return name.split("\n").join(", ");
}

/** "DNS:localhost, IP Address:127.0.0.1" */
function alternativeNames(text: string): string[] {
  return text
    .split(", ")
    .map((entry) => entry.replace(/^(?:DNS|IP Address):/, ""))
    .filter((entry) => entry !== "");
}
