import { Transform } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import type { DataTransfer } from "../../electron/engine/demo/serverHooks.ts";

/** What becomes of a data connection; `at` counts its bytes. */
export type DataFault =
  /** Swallows what comes after `at`, ends politely and says 226: the lie that only a size unmasks. */
  | { readonly kind: "truncate"; readonly at: number }
  /** Closes the data connection at `at` and says 426. */
  | { readonly kind: "cut"; readonly at: number }
  /** Resets the data connection at `at` and says 426. */
  | { readonly kind: "reset"; readonly at: number }
  /** Resets the control connection at `at`, and the data connection with it. */
  | { readonly kind: "lose-session"; readonly at: number }
  /** Moves nothing more after `at`, and says nothing. */
  | { readonly kind: "stall"; readonly at: number }
  | { readonly kind: "slow"; readonly bytesPerSecond: number }
  /** Flips one bit of the byte at `at`. */
  | { readonly kind: "flip"; readonly at: number };

export function makeFault(fault: DataFault, transfer: DataTransfer): Transform {
  switch (fault.kind) {
    case "slow":
      return slowDown(fault.bytesPerSecond);
    case "truncate":
      return at(fault.at, () => "swallow");
    case "cut":
      return at(fault.at, () => new Error("cut"));
    case "stall":
      return at(fault.at, () => "hold");
    case "reset":
      return at(fault.at, () => {
        transfer.socket.resetAndDestroy();
        return new Error("reset");
      });
    case "lose-session":
      return at(fault.at, () => {
        transfer.control.reset();
        transfer.socket.resetAndDestroy();
        return new Error("lost");
      });
    case "flip":
      return flipBit(fault.at);
  }
}

/** Counts what passes. */
export function countBytes(): { readonly stage: Transform; readonly bytes: () => number } {
  let bytes = 0;
  const stage = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  return { stage, bytes: () => bytes };
}

const settleMs = 20; // lets the bytes before the fault reach the other side

/** Lets `limit` bytes pass and then does as told: fail, hold everything, or swallow the rest. */
function at(limit: number, reach: () => Error | "hold" | "swallow"): Transform {
  let passed = 0;
  let isReached = false;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (isReached) return done(); // swallowing
      const part = chunk.subarray(0, limit - passed);
      passed += part.length;
      if (passed < limit) return done(null, part);
      isReached = true;
      this.push(part);
      delay(settleMs).then(() => {
        const outcome = reach();
        if (outcome === "hold") return; // until someone closes the connection
        done(outcome === "swallow" ? null : outcome);
      }, done);
    },
  });
}

const slicesPerSecond = 20;

function slowDown(bytesPerSecond: number): Transform {
  const sliceBytes = Math.max(1, Math.floor(bytesPerSecond / slicesPerSecond));
  return new Transform({
    highWaterMark: sliceBytes,
    async transform(chunk: Buffer, _encoding, done) {
      for (let start = 0; start < chunk.length; start += sliceBytes) {
        await delay(1000 / slicesPerSecond);
        if (this.destroyed) break;
        this.push(chunk.subarray(start, start + sliceBytes));
      }
      done();
    },
  });
}

function flipBit(offset: number): Transform {
  let passed = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const within = offset - passed;
      passed += chunk.length;
      if (within < 0 || within >= chunk.length) return done(null, chunk);
      const changed = Buffer.from(chunk);
      changed.writeUInt8(changed.readUInt8(within) ^ 1, within);
      done(null, changed);
    },
  });
}
