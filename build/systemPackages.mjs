// Brings in what tests need from the system's own packages. Plain JavaScript: it runs before anything else is set up, on Node 20 too.
import { execFile } from "node:child_process";
import { access, mkdir, mkdtemp, rename, rm } from "node:fs/promises";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Debian's names of what the tests start: a browser, the peers we compare with, and letters for Chinese names in screenshots. */
export const testPackages = ["chromium", "lftp", "curl", "openssl", "python3", "fonts-noto-cjk"];

/** FileZilla with a screen that nobody sees and a hand on its keyboard: a peer of the benchmarks, which do without it where it cannot be had. */
export const filezillaPackages = ["filezilla", "xvfb", "xdotool"];

/** Debian's names of the servers tests talk to. They are unpacked, never installed: a package would start a service on port 21. */
export const serverPackages = {
  vsftpd: ["vsftpd"],
  proftpd: ["proftpd-core", "proftpd-mod-crypto"],
  pureFtpd: ["pure-ftpd"],
  pyftpdlib: ["python3-pyftpdlib", "python3-openssl"],
  gnuFtpd: ["inetutils-ftpd", "libnss-wrapper"],
};

/** Packages that only bring files, so no command tells whether another system has them. */
const withoutCommand = new Set(["fonts-noto-cjk"]);

/** Commands that are called otherwise than their package. */
const commands = new Map([["xvfb", "Xvfb"]]);

/** apt waits this long when something else is installing. */
const aptLockSeconds = 300;
const retryMs = 5_000;

/**
 * Installs what is missing of `names` (Debian's package names) and resolves when all are there. Needs Debian or Ubuntu and root or a
 * sudo that does not ask; otherwise rejects with a sentence that says what to install. Calling it again costs one dpkg query.
 */
export async function ensureSystemPackages(names, say = console.log) {
  const missing = await findMissing(names);
  if (missing.length === 0) return;
  if (!(await findCommand("apt-get"))) {
    throw new Error(`The tests need these programs, please install them: ${missing.join(", ")}.`);
  }
  const asRoot = await rootPrefix();
  if (asRoot === null) {
    throw new Error(`The tests need these packages, please run: sudo apt-get install ${missing.join(" ")}`);
  }
  say(`Installing ${missing.join(", ")} …`);
  await install(missing, asRoot).catch(async (error) => {
    say(`${error.message}\nTrying once more …`); // a mirror that stumbles, a system that is busy with its own first updates
    await new Promise((resolve) => setTimeout(resolve, retryMs));
    await install(missing, asRoot);
  });
}

/** What counts is what is there in the end: apt also complains of what it did not need. */
async function install(names, asRoot) {
  try {
    await runApt([...asRoot, "apt-get", "update", "-qq"]);
    await runApt([...asRoot, "apt-get", "install", "-qq", "-y", "--no-install-recommends", ...names]);
  } catch (error) {
    if ((await findMissing(names)).length > 0) throw error;
  }
}

/**
 * Downloads packages with every library they need and this system lacks, and unpacks them into `folder` without installing anything.
 * Nothing happens when the folder is there already; a half-done one never is, because it appears by one rename.
 */
export async function unpackPackages(names, folder, say = console.log) {
  if (await exists(folder)) return;
  if (!(await findCommand("apt-get"))) {
    throw new Error(`${names[0]} comes from Debian's packages; without apt-get these tests cannot run.`);
  }
  say(`Fetching ${names.join(", ")} …`);
  await mkdir(dirname(folder), { recursive: true });
  const work = await mkdtemp(`${folder}-`);
  try {
    const closure = await listMissingClosure(names);
    await runApt(["apt-get", "download", "-qq", ...closure], { cwd: work });
    const root = join(work, "root");
    await mkdir(root);
    await run("sh", ["-c", 'for package in ./*.deb; do dpkg -x "$package" root || exit 1; done'], { cwd: work });
    await rename(root, folder).catch(async (error) => {
      if (!(await exists(folder))) throw error; // someone else was faster: theirs is as good
    });
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** The command line in front of what only root may do: [] for root, sudo where it does not ask, null where neither is. */
export async function rootPrefix() {
  if (process.getuid?.() === 0) return [];
  const sudo = await findCommand("sudo");
  if (!sudo) return null;
  return run(sudo, ["-n", "true"]).then(
    () => [sudo, "-n"],
    () => null,
  );
}

/** Where a command lies, looking in the system folders that an ordinary user's PATH lacks too; null when nowhere. */
export async function findCommand(name) {
  const folders = [...(process.env.PATH ?? "").split(delimiter), "/usr/sbin", "/sbin", "/usr/local/sbin"];
  for (const folder of folders) {
    const path = join(folder, name);
    if (folder && (await exists(path))) return path;
  }
  return null;
}

async function findMissing(names) {
  if (await findCommand("dpkg")) {
    // "chromium\t\tinstall"; a package dpkg never heard of is missing from the answer, one removed says "deinstall".
    const { stdout } = await run("dpkg", ["--get-selections", ...names]);
    const lines = stdout.split("\n").map((line) => line.split(/\s+/));
    const installed = new Set(lines.filter(([, state]) => state === "install").map(([name]) => name));
    return names.filter((name) => !installed.has(name));
  }
  const missing = [];
  for (const name of names) {
    if (!withoutCommand.has(name) && !(await findCommand(commands.get(name) ?? name))) missing.push(name);
  }
  return missing;
}

/** What apt would install for `names`, so that the unpacked programs find their libraries. */
async function listMissingClosure(names) {
  const simulate = ["apt-get", "install", "-s", "-y", "--no-install-recommends", ...names];
  const { stdout } = await runApt(simulate).catch(async (error) => {
    const asRoot = await rootPrefix(); // package lists are empty in fresh containers
    if (asRoot === null) throw error;
    await runApt([...asRoot, "apt-get", "update", "-qq"]);
    return runApt(simulate);
  });
  // "Inst libhiredis0.14 (0.14.1-3 Debian:12.15/oldstable [amd64])"
  const planned = stdout.matchAll(/^Inst (?<name>\S+)/gm);
  return [...new Set([...names, ...Array.from(planned, (match) => match.groups.name)])];
}

async function runApt(commandLine, options = {}) {
  const [program, ...args] = withLockTimeout(commandLine);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive", LC_ALL: "C" };
  try {
    return await run(program, args, { ...options, env, maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    throw new Error(`"${commandLine.join(" ")}" failed:\n${error.stderr || error.stdout || error.message}`);
  }
}

function withLockTimeout(commandLine) {
  const at = commandLine.indexOf("apt-get") + 1;
  const noSandbox = ["-o", "APT::Sandbox::User=root"]; // apt's own user may not write into our cache folder
  return [
    ...commandLine.slice(0, at),
    "-o",
    `DPkg::Lock::Timeout=${aptLockSeconds}`,
    ...noSandbox,
    ...commandLine.slice(at),
  ];
}

function exists(path) {
  return access(path).then(
    () => true,
    () => false,
  );
}
