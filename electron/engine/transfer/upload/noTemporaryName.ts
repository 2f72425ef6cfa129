import type { AppError } from "../../../../shared/errors/appError.ts";

/** The server lets no upload go under a temporary name here. */
export class NoTemporaryName extends Error {
  readonly reason: AppError;
  /** The bytes lie there under it. */
  readonly isSent: boolean;

  constructor(reason: AppError, isSent: boolean) {
    super(reason.message);
    this.name = "NoTemporaryName";
    this.reason = reason;
    this.isSent = isSent;
  }
}
