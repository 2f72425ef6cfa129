import { AppError } from "../../shared/errors/appError.ts";

/** The part of Electron's safeStorage that a secret box needs. */
export type SafeStorage = {
  isAsyncEncryptionAvailable(): Promise<boolean>;
  getSelectedStorageBackend(): string;
  encryptStringAsync(plain: string): Promise<Buffer>;
  decryptStringAsync(sealed: Buffer): Promise<{ result: string }>;
};

/** The engine's `Secrets` (electron/engine/ports.ts), kept by the operating system. */
export type SafeStorageSecrets = {
  readonly storage: "keychain" | "none";
  readonly seal: (plain: string) => Promise<string>;
  readonly unseal: (sealed: string) => Promise<string>;
};

const version = "keychain-1";

/**
 * Seals with a key that lives in the system's keychain. Where there is none (Linux without a secret service: Chromium would use a
 * key that everybody knows), the box is closed: passwords are asked for instead of saved. Call it after Electron is ready.
 */
export async function createSafeStorageSecrets(
  safeStorage: SafeStorage,
  platform: NodeJS.Platform,
): Promise<SafeStorageSecrets> {
  if (!(await hasKeychain(safeStorage, platform))) {
    const refuse = async (): Promise<never> => {
      throw new AppError("internal", "This system has no keychain, so Portside keeps no passwords.");
    };
    return { storage: "none", seal: refuse, unseal: refuse };
  }
  return {
    storage: "keychain",
    seal: async (plain) => `${version}:${(await safeStorage.encryptStringAsync(plain)).toString("base64")}`,
    unseal: async (sealed) => {
      if (!sealed.startsWith(`${version}:`)) throw new AppError("internal", "This was not sealed by this keychain.");
      try {
        const { result } = await safeStorage.decryptStringAsync(
          Buffer.from(sealed.slice(version.length + 1), "base64"),
        );
        return result;
      } catch (cause) {
        throw new AppError("internal", "The keychain does not open this password; enter it again.", { cause });
      }
    },
  };
}

async function hasKeychain(safeStorage: SafeStorage, platform: NodeJS.Platform): Promise<boolean> {
  if (!(await safeStorage.isAsyncEncryptionAvailable())) return false;
  if (platform !== "linux") return true;
  // "basic_text" is Chromium's fixed password; "unknown" is what it says before it knows.
  return !["basic_text", "unknown"].includes(safeStorage.getSelectedStorageBackend());
}
