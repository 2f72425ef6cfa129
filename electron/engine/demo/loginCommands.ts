import { createHash, timingSafeEqual } from "node:crypto";
import type { Clock } from "./clock.ts";
import type { CommandContext, CommandTable } from "./commandTable.ts";
import { type Reply, reply } from "./reply.ts";

const guessDelayMs = 500; // makes guessing slow, not people
const maxFailedLogins = 3;

/** USER, PASS, QUIT. RFC 959 §4.1.1. */
export const loginCommands: CommandTable = {
  USER: {
    argument: "required",
    beforeLogin: true,
    run: ({ state }, user) => {
      if (state.isLoggedIn) return reply(503, "You are logged in.");
      state.user = user;
      return reply(331, "Password, please.");
    },
  },
  PASS: { argument: "optional", beforeLogin: true, run: checkPassword },
  QUIT: {
    argument: "none",
    beforeLogin: true,
    run: ({ state }) => {
      state.isLeaving = true;
      return reply(221, "Goodbye.");
    },
  },
};

async function checkPassword({ state, login, clock, signal }: CommandContext, password: string): Promise<Reply> {
  if (state.isLoggedIn) return reply(503, "You are logged in.");
  if (state.user === null) return reply(503, "Send USER first.");
  const isRight = isSameText(state.user, login.user) && isSameText(password, login.password);
  if (isRight) {
    state.isLoggedIn = true;
    return reply(230, "Welcome.");
  }
  state.user = null;
  state.failedLogins += 1;
  await wait(clock, guessDelayMs, signal);
  if (state.failedLogins < maxFailedLogins) return reply(530, "User or password is wrong.");
  state.isLeaving = true;
  return reply(421, "Too many wrong passwords.");
}

/** In a time that tells nothing about where the texts part. The wire's bytes are UTF-8. */
function isSameText(fromWire: string, expected: string): boolean {
  const digest = (bytes: Buffer) => createHash("sha256").update(bytes).digest();
  return timingSafeEqual(digest(Buffer.from(fromWire, "latin1")), digest(Buffer.from(expected, "utf8")));
}

function wait(clock: Clock, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const stop = clock.setTimer(delayMs, done);
    function done() {
      stop();
      signal.removeEventListener("abort", done);
      resolve();
    }
    if (signal.aborted) done();
    else signal.addEventListener("abort", done, { once: true });
  });
}
