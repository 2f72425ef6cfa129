import { demand, type Link } from "./link.ts";

/** How bytes stand for a file on the way: "A" as text in NVT-ASCII, "I" as they are. RFC 959 §3.1.1. */
export type Representation = "A" | "I";

/**
 * Makes the representation the one in force. SIZE, REST and everything but text goes in TYPE I (RFC 3659 §4). Rejects with the refusal:
 * a file must not go in another form than was asked for.
 */
export async function setRepresentation(link: Link, wanted: Representation, signal: AbortSignal): Promise<void> {
  const { learnt } = link;
  if (learnt.representation === wanted) return;
  learnt.representation = null; // until the server has agreed nobody knows
  await demand(link, `TYPE ${wanted}`, signal);
  learnt.representation = wanted;
}
