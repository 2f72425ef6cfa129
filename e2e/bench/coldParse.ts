import { listingFamilies } from "../../electron/engine/ftp/listing/listingFamilies.ts";
import { listingParser } from "../../electron/engine/ftp/listing/listingParser.ts";
import { textCodec } from "../../electron/engine/ftp/text/codec.ts";

/**
 * `node e2e/bench/coldParse.ts`: 100,000 lines of `ls -l` read once by a process that has read nothing before, as after a start. Prints the processor
 * time of the reading thread, and of the whole process with its compiler and its garbage collector beside it.
 */
const lineCount = 100_000;
const chunkBytes = 64 * 1024; // what a socket gives at once
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const listing = Buffer.from(Array.from({ length: lineCount }, (_, index) => `${lineOf(index)}\r\n`).join(""));
let entryCount = 0;
const parser = listingParser({
  families: listingFamilies(null),
  codec: textCodec({ encoding: "auto", speaksUtf8: true }),
  nowMs: Date.now(),
  zoneOffsetMs: 0,
  onEntries: (entries) => {
    entryCount += entries.length;
  },
});
const [thread, whole] = [process.threadCpuUsage(), process.cpuUsage()];
for (let at = 0; at < listing.length; at += chunkBytes) parser.push(listing.subarray(at, at + chunkBytes));
parser.end();
const ofThread = sum(process.threadCpuUsage(thread));
const ofProcess = sum(process.cpuUsage(whole));
process.stdout.write(`${entryCount} entries: ${ofThread} ms on one core, ${ofProcess} ms with all helpers\n`);

function sum({ user, system }: NodeJS.CpuUsage): number {
  return Math.round((user + system) / 1000);
}

/** Files and folders, some with a time and some with a year. */
function lineOf(index: number): string {
  const letter = index % 10 === 0 ? "d" : "-";
  const day = String((index % 28) + 1).padStart(2);
  const last =
    index % 3 === 0 ? ` ${String(index % 24).padStart(2, "0")}:${String(index % 60).padStart(2, "0")}` : "  2007";
  const size = String(index * 977).padStart(12);
  return `${letter}rw-r--r--    1 ftp      ftp      ${size} ${months[index % 12]} ${day}${last} file number ${index}.txt`;
}
