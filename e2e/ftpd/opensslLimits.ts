import type { RealServerOptions } from "./serverProgram.ts";

/** An openssl.cnf for servers that cannot be told TLS versions themselves: OpenSSL can (`OPENSSL_CONF`). */
export function opensslLimits({ tlsVersions: versions = ["1.2", "1.3"] }: RealServerOptions): string {
  const lowest = versions.includes("1.2") ? "TLSv1.2" : "TLSv1.3";
  const highest = versions.includes("1.3") ? "TLSv1.3" : "TLSv1.2";
  return [
    "openssl_conf = openssl",
    "[openssl]",
    "ssl_conf = ssl",
    "[ssl]",
    "system_default = limits",
    "[limits]",
    `MinProtocol = ${lowest}`,
    `MaxProtocol = ${highest}`,
    "",
  ].join("\n");
}
