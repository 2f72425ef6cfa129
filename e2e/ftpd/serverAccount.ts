import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import type { Privileges } from "./privileges.ts";

/** The system user that the real servers let in: no home of its own, no shell, and a random password that only root can read. */
export type ServerAccount = {
  readonly user: string;
  readonly password: string;
  readonly uid: number;
  readonly gid: number;
};

const user = "portside-test";
/** PAM rules of this name ask nothing but the password: Debian's for vsftpd refuse users without a shell. */
export const pamService = user;

/**
 * Makes the account and its PAM rules once per machine and reads them afterwards. Two set-ups at once wait for each other. The hash is
 * the cheapest that PAM still reads, so that logins measure the server and not the hash.
 */
export function ensureServerAccount({ runAsRoot }: Privileges): ServerAccount {
  const answer = runAsRoot(
    ["flock", "/etc/portside-test.lock", "sh", "-ec", setUp, "sh", user],
    randomBytes(12).toString("hex"),
  );
  const [password = "", uid, gid] = answer.trim().split(" ");
  return { user, password, uid: Number(uid), gid: Number(gid) };
}

/** A password as servers with user files of their own want it: crypt(3) of SHA-256. */
export function hashPassword(password: string): string {
  return execFileSync("openssl", ["passwd", "-5", "-stdin"], { input: password, encoding: "utf8" }).trim();
}

/** $1 is the user; a fresh password comes on standard input and is used only when there is none yet. */
const setUp = `
umask 077
fresh=$(cat)
secret=/etc/$1.password
if ! id -u "$1" >/dev/null 2>&1; then
  useradd --system --no-create-home --user-group --home-dir / --shell /usr/sbin/nologin "$1"
  rm -f "$secret"
fi
if ! [ -s "$secret" ]; then
  printf '%s' "$fresh" > "$secret.new"
  printf '%s:%s\\n' "$1" "$fresh" | chpasswd --crypt-method SHA256 --sha-rounds 1000
  mv "$secret.new" "$secret"
fi
if ! [ -s "/etc/pam.d/$1" ]; then
  printf 'auth required pam_unix.so nodelay\\naccount required pam_permit.so\\n' > "/etc/pam.d/$1"
fi
printf '%s %s %s\\n' "$(cat "$secret")" "$(id -u "$1")" "$(id -g "$1")"
`;
