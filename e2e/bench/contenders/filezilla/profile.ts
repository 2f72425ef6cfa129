import { X509Certificate } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Address } from "../contender.ts";
import { type FilezillaQueue, writeQueueFile } from "./queueFile.ts";

/** A home folder of FileZilla's own, and the files in it that tell how far it is. */
export type Profile = {
  readonly home: string;
  /** FileZilla takes its queue out of this file once it has read it. */
  readonly queuePath: string;
  /** Appears when the queue has come to its end. */
  readonly finishedPath: string;
};

/**
 * Lays out what FileZilla finds at its start: a queue, `atOnce` transfers at once and a server it trusts, so that no question stands
 * in the way. All else stays as it is installed.
 */
export async function writeProfile(home: string, queue: FilezillaQueue, atOnce: number): Promise<Profile> {
  const folder = join(home, ".config", "filezilla");
  await mkdir(folder, { recursive: true, mode: 0o700 }); // the queue holds a password
  await writeFile(join(folder, "filezilla.xml"), inDocument(settings(atOnce)));
  await writeFile(join(folder, "trustedcerts.xml"), inDocument(trust(queue.server)));
  const queuePath = join(folder, "queue.sqlite3");
  writeQueueFile(queuePath, queue);
  return { home, queuePath, finishedPath: join(home, finishedName) };
}

const finishedName = "finished";

/** A newer FileZilla than the greeting's would begin with its news; 4 is "Run command" in the menu of what to do at the queue's end. */
function settings(atOnce: number): string {
  return `<Settings>
    <Setting name="Number of Transfers">${atOnce}</Setting>
    <Setting name="Greeting version">999.0.0</Setting>
    <Setting name="Prompt password save">0</Setting>
    <Setting name="Queue completion action">4</Setting>
    <Setting name="Queue completion command">touch ${finishedName}</Setting>
  </Settings>`;
}

/** That a server may be spoken to in the clear, or that its certificate is known. */
function trust({ host, port, certificate }: Address): string {
  if (certificate === null) return `<InsecureHosts><Host Port="${port}">${host}</Host></InsecureHosts>`;
  const { raw, validFrom, validTo } = new X509Certificate(certificate);
  return `<TrustedCerts>
    <Certificate>
      <Data>${raw.toString("hex")}</Data>
      <ActivationTime>${Date.parse(validFrom) / 1000}</ActivationTime>
      <ExpirationTime>${Date.parse(validTo) / 1000}</ExpirationTime>
      <Host>${host}</Host>
      <Port>${port}</Port>
      <TrustSANs>0</TrustSANs>
    </Certificate>
  </TrustedCerts>`;
}

function inDocument(content: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>
<FileZilla3 version="3.63.0" platform="*nix">
  ${content}
</FileZilla3>
`;
}
