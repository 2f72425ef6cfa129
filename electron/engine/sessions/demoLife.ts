import { randomBytes } from "node:crypto";

/** Where the demo server listens in this run, and its throw-away login. */
export type DemoLogin = { readonly port: number; readonly user: string; readonly password: string };

/** The demo server's life: off until somebody connects to it, then on until Portside ends. */
export type DemoLife = {
  /** Starts it when it does not run. A start that fails may be tried again. */
  readonly ensure: () => Promise<DemoLogin>;
  readonly close: () => Promise<void>;
};

export type DemoLifeParts = {
  /** Writes the sample files where they are missing. */
  readonly prepare: () => Promise<void>;
  readonly start: (
    user: string,
    password: string,
  ) => Promise<{ readonly port: number; readonly close: () => Promise<void> }>;
};

type Running = { readonly login: DemoLogin; readonly close: () => Promise<void> };

const user = "demo";

export function createDemoLife({ prepare, start }: DemoLifeParts): DemoLife {
  let running: Promise<Running> | null = null;

  const startUp = async (): Promise<Running> => {
    await prepare();
    const password = randomBytes(16).toString("base64url"); // never stored: each run has its own
    const { port, close } = await start(user, password);
    return { login: { port, user, password }, close };
  };

  return {
    ensure: async () => {
      running ??= startUp();
      try {
        return (await running).login;
      } catch (error) {
        running = null;
        throw error;
      }
    },
    close: async () => {
      const server = await running?.catch(() => null);
      await server?.close();
    },
  };
}
