import type { Target } from "./fuzzParsers.ts";

/** How a parser bears a line of 64 KiB, and how many times longer that takes than one half as long. The best of several runs: others use the machine too. */
export type LongLine = { readonly shape: string; readonly tookMs: number; readonly growth: number };

const longest = 64 * 1024 - 256; // just below what is refused unread
const runs = 9;

/** The shapes that slow a pattern down: one piece again and again, behind what each family begins with. */
const pieces = [
  " ",
  "-",
  "0",
  "a ",
  "1 ",
  "d",
  "Jan 1 ",
  ":",
  "=",
  "a=b;",
  "\t",
  ".",
  "-> ",
  "\xff",
  "1,",
  "|||",
  '""',
  "(1 bytes) ",
  "/",
];
const heads = [
  "",
  "-rw-r--r-- ",
  "-rw-r--r-- 1 a b 5 ",
  "01-01-24 ",
  "type=",
  "+r,",
  "A.TXT;1 ",
  "Volume ",
  "lrwxrwxrwx 1 a b 5 ",
  "(",
  '"',
  "20240101",
];

/** The slowest shape, and the one that grows most; a growth below a millisecond is noise and counts as 2. */
export function measureLongLines({ read }: Target): { readonly slowest: LongLine; readonly steepest: LongLine } {
  const lines = heads.flatMap((head) => pieces.map((piece) => measureFairly(read, head, piece)));
  const most = (by: (line: LongLine) => number) => lines.reduce((one, other) => (by(other) > by(one) ? other : one));
  return { slowest: most(({ tookMs }) => tookMs), steepest: most(({ growth }) => growth) };
}

/** A growth that comes from the line comes again; one that came from other work on the machine does not. */
function measureFairly(read: Target["read"], head: string, piece: string): LongLine {
  let line = measure(read, head, piece);
  for (let again = 0; again < 3 && line.growth > 2.5; again++) {
    const other = measure(read, head, piece);
    if (other.growth < line.growth) line = other;
  }
  return line;
}

/** Both lengths by turns, so that neither is the one for which the compiler was still at work. */
function measure(read: Target["read"], head: string, piece: string): LongLine {
  const texts = [longest / 2, longest].map((length) => fill(head, piece, length));
  let [half, whole] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let run = 0; run < runs; run++) {
    const [first = 0, second = 0] = texts.map((text) => timeOf(() => read(text)));
    half = Math.min(half, first);
    whole = Math.min(whole, second);
  }
  return { shape: head + piece, tookMs: whole, growth: whole < 1 ? 2 : whole / half };
}

function fill(head: string, piece: string, length: number): string {
  return (head + piece.repeat(Math.ceil(length / piece.length))).slice(0, length);
}

function timeOf(work: () => void): number {
  const begin = performance.now();
  work();
  return performance.now() - begin;
}
