import { AppError } from "../../../../shared/errors/appError.ts";
import { ask, type Link } from "../session/link.ts";
import { within } from "../session/waiting.ts";

const farewellMs = 1000; // a courtesy, not worth a wait

/** QUIT (RFC 959 §4.1.1) and the end of the connection. Never rejects. In the middle of an operation there is no time for courtesies. */
export async function quit(link: Link, isBusy: boolean): Promise<void> {
  const { control, clock } = link;
  if (control.isOpen && !isBusy) {
    const patient = new AbortController().signal;
    await within(ask(link, "QUIT", patient), farewellMs, clock).catch(() => null);
  }
  control.close(new AppError("cancelled", "The session was closed"));
}
