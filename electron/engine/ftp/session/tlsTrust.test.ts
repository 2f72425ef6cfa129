import { X509Certificate } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { makeCertificate } from "../../../../e2e/ftpd/certificates.ts";
import { certificateFacts, distrustReasons } from "./tlsTrust.ts";

const dayMs = 86_400_000;
const nowMs = Date.now();

async function make(hostNames: readonly string[], addresses: readonly string[] = []): Promise<X509Certificate> {
  return new X509Certificate((await makeCertificate({ commonName: "common.example", hostNames, addresses })).cert);
}

describe("distrustReasons", () => {
  let certificate: X509Certificate;
  beforeAll(async () => {
    certificate = await make(["ftp.example.com", "*.files.example.com"], ["192.0.2.1"]);
  });

  test.each([
    ["ftp.example.com", true],
    ["FTP.EXAMPLE.COM", true],
    ["a.files.example.com", true],
    ["192.0.2.1", true],
    ["example.com", false],
    ["files.example.com", false],
    ["a.b.files.example.com", false],
    ["192.0.2.2", false],
    ["common.example", false], // the common name is no host name any more
  ])("host %s fits: %s", (host, fits) => {
    expect(distrustReasons(certificate, { host, nowMs, verifyError: null })).toEqual(fits ? [] : ["wrong-host"]);
  });

  test("gives a wildcard no address", async () => {
    const wild = await make(["*.0.2.1", "*"]);
    expect(distrustReasons(wild, { host: "192.0.2.1", nowMs, verifyError: null })).toEqual(["wrong-host"]);
    expect(distrustReasons(wild, { host: "localhost", nowMs, verifyError: null })).toEqual(["wrong-host"]);
  });

  test("names every fault, not only the one that OpenSSL found first", () => {
    const facts = { host: "other.example", nowMs: nowMs + 400 * dayMs, verifyError: "CERT_HAS_EXPIRED" };
    expect(distrustReasons(certificate, facts)).toEqual(["expired", "wrong-host", "self-signed"]);
  });

  test.each([
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "self-signed"],
    ["CERT_REVOKED", "other"],
  ])("says %s as %s", (verifyError, reason) => {
    expect(distrustReasons(certificate, { host: "ftp.example.com", nowMs, verifyError })).toEqual([reason]);
  });

  test("knows a certificate from the future", () => {
    const facts = { host: "ftp.example.com", nowMs: nowMs - 30 * dayMs, verifyError: null };
    expect(distrustReasons(certificate, facts)).toEqual(["not-yet-valid"]);
  });

  test("says what is in a certificate in the words of the prompt", () => {
    const { subject, issuer, names, validFromMs, validToMs } = certificateFacts(certificate);
    expect({ subject, issuer, names }).toEqual({
      subject: "CN=common.example",
      issuer: "CN=common.example",
      names: ["ftp.example.com", "*.files.example.com", "192.0.2.1"],
    });
    expect(validFromMs).toBeLessThan(nowMs);
    expect(validToMs).toBeGreaterThan(nowMs);
  });
});
