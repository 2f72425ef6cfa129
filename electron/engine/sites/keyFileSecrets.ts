import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { AppError } from "../../../shared/errors/appError.ts";
import type { Secrets } from "../ports.ts";

const version = "portside-1";
const keyBytes = 32;
const nonceBytes = 12; // what GCM is made for (NIST SP 800-38D §8.2.1)
const tagBytes = 16;
const context = Buffer.from(`${version}: a password of Portside`, "utf8");

/**
 * A secret box for hosts without a system keychain: AES-256-GCM with a random key in `<folder>/secret.key`, mode 0600, made on
 * first use. Protects copies of the database (backups, sync, a shared screen), not against someone who reads the whole folder.
 */
export function createKeyFileSecrets(folder: string): Secrets {
  let key: Buffer | null = null;
  const ensureKey = () => {
    key ??= loadOrMakeKey(folder);
    return key;
  };
  return {
    storage: "key-file",
    seal: async (plain) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv("aes-256-gcm", ensureKey(), nonce).setAAD(context);
      const sealed = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
      return `${version}:${Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64")}`;
    },
    unseal: async (text) => open(ensureKey(), text),
  };
}

function open(key: Buffer, text: string): string {
  const separator = text.indexOf(":");
  if (text.slice(0, separator) !== version) throw new AppError("internal", "Sealed by an unknown version of Portside");
  const bytes = Buffer.from(text.slice(separator + 1), "base64");
  const nonce = bytes.subarray(0, nonceBytes);
  const tag = bytes.subarray(nonceBytes, nonceBytes + tagBytes);
  try {
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: tagBytes });
    decipher.setAAD(context).setAuthTag(tag);
    return decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, "utf8") + decipher.final("utf8");
  } catch (cause) {
    throw new AppError("internal", "The saved password was sealed with another key; enter it again", { cause });
  }
}

function loadOrMakeKey(folder: string): Buffer {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "secret.key");
  const key = readKey(file) ?? makeKey(file);
  if (key.length !== keyBytes) throw new AppError("internal", `${file} is not a key of Portside`, { path: file });
  return key;
}

function readKey(file: string): Buffer | null {
  try {
    return readFileSync(file);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw new AppError("local-permission", `The key file cannot be read: ${file}`, { path: file, cause: error });
  }
}

/** Whole or not at all: written beside its place, then linked into it, which fails when another process was first. */
function makeKey(file: string): Buffer {
  const draft = `${file}.${randomBytes(8).toString("hex")}`;
  const descriptor = openSync(draft, "wx", 0o600);
  try {
    writeSync(descriptor, randomBytes(keyBytes));
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  try {
    linkSync(draft, file);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
  } finally {
    rmSync(draft);
  }
  return readFileSync(file);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
