// Adds lock entries for optional platform packages that the registry at hand did not carry.
//
// npm leaves an optional package out of package-lock.json when the registry answers 404 for it, and `npm ci` then refuses the
// lockfile ("Missing: … from lock file"). The entry's own facts (version, os, cpu, libc) follow from its name, so it can be
// completed; it has no integrity until someone runs `npm install` against a full registry.
// Usage: node build/completeLockfile.mjs   (after every `npm install` that changed the lockfile)
import { readFileSync, writeFileSync } from "node:fs";

const lockPath = new URL("../package-lock.json", import.meta.url);
const lock = JSON.parse(readFileSync(lockPath, "utf8"));
const systems = ["darwin", "linux", "win32", "freebsd", "openbsd", "android", "aix", "sunos"];
const processors = ["arm64", "x64", "ia32", "arm", "ppc64", "s390x", "riscv64", "loong64"];

const added = [];
for (const [holder, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    const isLocked = lock.packages[`${holder}/node_modules/${name}`] ?? lock.packages[`node_modules/${name}`];
    if (isLocked || !/^\d/.test(version)) continue;
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(entry.dev ? { dev: true } : {}),
      optional: true,
      ...platformOf(name),
    };
    added.push(`${name}@${version}`);
  }
}
writeFileSync(lockPath, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? "The lockfile is complete." : `Completed the lockfile with ${added.join(", ")}.`);

/** "@biomejs/cli-linux-arm64-musl" → os linux, cpu arm64, libc musl. */
function platformOf(name) {
  const words = name.split(/[-/_.]/);
  const os = systems.filter((system) => words.includes(system));
  const cpu = processors.filter((processor) => words.includes(processor));
  const libc = words.includes("musl") ? ["musl"] : words.includes("gnu") ? ["glibc"] : [];
  return { ...(os.length ? { os } : {}), ...(cpu.length ? { cpu } : {}), ...(libc.length ? { libc } : {}) };
}
