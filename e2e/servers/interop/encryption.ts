import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import type { RealServerOptions, TlsVersion } from "../../ftpd/serverProgram.ts";
import type { Check, CheckContext } from "./check.ts";
import { download, exercise, refuses, upload } from "./words.ts";

export const encryptionChecks: readonly Check[] = [
  ...(["1.2", "1.3"] as const).flatMap((version): Check[] => [
    {
      id: `tls.${version}`,
      title: `speaks TLS ${version}`,
      only: "TLS",
      run: async (context) => {
        const session = await openOn(context, { tlsVersions: [version] });
        assert.equal(session.security.protocol, `TLSv${version}`);
        await exercise(session, session.startFolder);
      },
    },
    {
      id: `tls.reuse-${version}`,
      title: `moves 100 files in one session of TLS ${version} where each must resume it`,
      only: "TLS",
      run: (context) => moveHundred(context, version),
    },
  ]),
  {
    id: "tls.implicit",
    title: "speaks TLS from the first byte",
    only: "TLS",
    run: async ({ start, open }) => {
      const session = await open({ encryption: "tls-implicit" }, await start({ implicit: true }));
      await exercise(session, session.startFolder);
    },
  },
  {
    id: "tls.optional",
    title: "encrypts by itself where it can",
    only: "TLS",
    run: async (context) => {
      const server = await context.start({ tls: "optional" });
      const session = await context.open({ encryption: "tls-if-available", allowPlain: async () => false }, server);
      assert.deepEqual([session.security.encrypted, session.security.dataProtected], [true, true]);
    },
  },
  {
    id: "tls.no-plain",
    title: "keeps out who does not encrypt",
    only: "TLS",
    run: ({ open }) => refuses(open({ encryption: "plain" }), "encryption-refused"),
  },
  {
    id: "tls.too-old",
    title: "is told apart when its TLS is too old",
    only: "TLS",
    run: async ({ start, open }) => {
      const server = await start({ tlsVersions: ["1.2"] });
      await refuses(open({ tls: { minVersion: "TLSv1.3", client: null } }, server), "tls-failed");
    },
  },
  {
    id: "tls.certificate",
    title: "shows its certificate before anything secret is said",
    only: "TLS",
    run: async ({ open, server }) => {
      const shown: string[] = [];
      const trust: Parameters<typeof open>[0] = {
        trust: async ({ certificate }) => {
          shown.push(certificate.fingerprint256);
          return false;
        },
      };
      await refuses(open(trust), "certificate-untrusted");
      assert.deepEqual(shown, [server.certificate?.fingerprint256]);
    },
  },
  {
    id: "tls.none",
    title: "is told apart when it does not encrypt",
    only: "plain",
    run: ({ open }) => refuses(open({ encryption: "tls-required" }), "encryption-refused"),
  },
  {
    id: "tls.downgrade",
    title: "without encryption hears the password only when the user says so",
    only: "plain",
    run: async ({ open, folder }) => {
      await refuses(open({ encryption: "tls-if-available", allowPlain: async () => false }), "encryption-refused");
      const session = await open({ encryption: "tls-if-available", allowPlain: async () => true });
      assert.equal(session.security.encrypted, false);
      await exercise(session, folder);
    },
  },
];

async function openOn({ start, open }: CheckContext, options: RealServerOptions) {
  return open({}, await start(options));
}

/** Node once bound a TLS session to a process-wide cache (node issue 64402): later transfers of a session were then refused. */
async function moveHundred(context: CheckContext, version: TlsVersion): Promise<void> {
  const session = await openOn(context, { tlsVersions: [version], requireReuse: true });
  assert.equal(session.security.protocol, `TLSv${version}`);
  for (let index = 0; index < 50; index++) {
    const bytes = randomBytes(index * 500);
    await upload(session, `/${index}`, bytes);
    assert.ok((await download(session, `/${index}`, bytes.length)).equals(bytes));
  }
}
