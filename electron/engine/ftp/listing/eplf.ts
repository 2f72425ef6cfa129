import { parseSize } from "../protocol/sizeReply.ts";
import { asEntry, type LineReading, type ListingFamily } from "./rawEntry.ts";

/** Easily Parsed LIST Format (publicfile, anonftpd): "+i8388621.48594,m825718503,r,s280,\tdjb.html". Times are UTC. */
export const eplf: ListingFamily = { name: "eplf", readLine };

function readLine(line: string): LineReading {
  const tab = line.indexOf("\t");
  if (!line.startsWith("+") || tab === -1) return null;
  const facts = line.slice(1, tab).split(",");
  const isFolder = facts.includes("/");
  if (!isFolder && !facts.includes("r")) return "skip"; // it can neither be entered nor fetched
  const fact = (letter: string) => facts.find((text) => text.startsWith(letter))?.slice(letter.length) ?? "";
  const seconds = parseSize(fact("m"));
  const isTime = seconds !== null && seconds < 1e11;
  return asEntry({
    wireName: line.slice(tab + 1),
    type: isFolder ? "directory" : "file",
    size: isFolder ? null : parseSize(fact("s")),
    modifiedMs: isTime ? seconds * 1000 : null,
    modifiedPrecision: "second",
    isUtc: true,
    permissions: /^[0-7]{3,4}$/.test(fact("up")) ? fact("up") : null,
  });
}
