import { X509Certificate } from "node:crypto";
import { generate } from "selfsigned";

export type Certificate = {
  /** PEM. */
  readonly key: string;
  /** PEM; self-signed, so it is also the authority that vouches for it. */
  readonly cert: string;
  /** SHA-256 over the DER, upper-case hex pairs joined by ":". */
  readonly fingerprint256: string;
};

export type CertificateOptions = {
  readonly commonName?: string;
  readonly hostNames?: readonly string[];
  readonly addresses?: readonly string[];
  readonly validFrom?: Date;
  readonly validTo?: Date;
};

const dayMs = 24 * 60 * 60 * 1000;

/** Makes a new self-signed certificate, RSA 2048. By default it names localhost and both loopback addresses and is valid now. */
export async function makeCertificate(options: CertificateOptions = {}): Promise<Certificate> {
  const { commonName = "localhost", hostNames = ["localhost"], addresses = ["127.0.0.1", "::1"] } = options;
  const validFrom = options.validFrom ?? new Date(Date.now() - dayMs);
  const made = await generate([{ name: "commonName", value: commonName }], {
    keyType: "rsa",
    keySize: 2048,
    algorithm: "sha256",
    notBeforeDate: validFrom,
    notAfterDate: options.validTo ?? new Date(validFrom.getTime() + 365 * dayMs),
    extensions: [
      { name: "basicConstraints", cA: true, critical: true },
      { name: "keyUsage", digitalSignature: true, keyEncipherment: true, keyCertSign: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      {
        name: "subjectAltName",
        altNames: [
          ...hostNames.map((value) => ({ type: 2 as const, value })),
          ...addresses.map((ip) => ({ type: 7 as const, ip })),
        ],
      },
    ],
  });
  return { key: made.private, cert: made.cert, fingerprint256: new X509Certificate(made.cert).fingerprint256 };
}

let shared: Promise<Certificate> | undefined;

/** The certificate that all servers of this process show unless told otherwise: making a key takes a while. */
export function sharedCertificate(): Promise<Certificate> {
  shared ??= makeCertificate();
  return shared;
}
