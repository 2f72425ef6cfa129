import { AppError } from "../../../../shared/errors/appError.ts";

/**
 * A run of bytes of one file, fetched by one session at a time. Behind its end a few bytes more are fetched, the seam: they must be the
 * ones that its neighbour wrote there.
 */
export type Segment = {
  readonly from: number;
  /** Where the next byte goes; everything from `from` to here lies in the file. */
  readonly at: number;
  readonly to: number;
  /** SHA-256 of the seam, hex; null: not known yet. */
  readonly seam: string | null;
};

/**
 * Who fetches which bytes of a file. The segments lie side by side from the first byte to the last, without gap and without overlap,
 * whatever happens to them. Those that are worked on may shrink meanwhile, and grow, never behind what has come.
 */
export type SegmentPlan = {
  readonly size: number;
  readonly leastBytes: number;
  readonly segments: () => readonly Segment[];
  /**
   * Something to fetch: what nobody fetches any more, else a part of what has the longest way to go, so that both are done at the same time.
   * `setupBytes`: what is fetched of that before the first byte of the new part comes. null: nothing that is worth a session.
   */
  readonly take: (setupBytes?: number) => TakenSegment | null;
  readonly bytesDone: () => number;
  readonly isDone: () => boolean;
};

export type TakenSegment = Segment & {
  /** `count` bytes more lie in the file. */
  readonly advance: (count: number) => void;
  /** All its bytes are there and the seam is being read: from here on it does not grow. */
  readonly close: () => void;
  readonly setSeam: (hash: string) => void;
  /** Its bytes are not what they should be: they have to be fetched again. */
  readonly undo: () => void;
  /** Nobody fetches it any more. */
  readonly giveBack: () => void;
};

export type PlanOptions = {
  /** A segment is not cut into pieces smaller than this. */
  readonly leastBytes: number;
  readonly seamBytes: number;
};

type Mutable = { -readonly [Key in keyof Segment]: Segment[Key] } & { isTaken: boolean; isClosed: boolean };

const maxSegments = 64; // what a map in the file has room for

/** A plan from the segments that an earlier try left, or from one for the whole file. Throws `internal` when they do not lie side by side. */
export function planSegments(
  size: number,
  known: readonly Segment[],
  { leastBytes, seamBytes }: PlanOptions,
): SegmentPlan {
  const segments: Mutable[] = known.map((one) => ({ ...one, isTaken: false, isClosed: false }));
  checkTiling(size, segments);
  for (const one of segments) reopen(one);

  function isDone({ at, to, seam }: Segment): boolean {
    return at === to && (to === size || seam !== null);
  }

  /** Without its seam a segment proves nothing: its last bytes are fetched once more, and the seam with them. */
  function reopen(one: Mutable): void {
    if (one.at === one.to && !isDone(one)) one.at = Math.max(one.from, one.to - seamBytes);
  }

  /** The longest way to go that is worth two sessions, in two. */
  function split(setupBytes: number): Mutable | null {
    const [longest] = segments
      .filter(({ isTaken, isClosed }) => isTaken && !isClosed)
      .sort((a, b) => left(b) - left(a));
    if (longest === undefined || segments.length >= maxSegments) return null;
    const ahead = longest.at === longest.from ? 0 : setupBytes; // who has not begun either is no further
    const secondBytes = Math.floor((left(longest) - ahead) / 2);
    if (secondBytes < leastBytes) return null;
    const middle = longest.to - secondBytes;
    const second: Mutable = { ...longest, from: middle, at: middle };
    longest.to = middle;
    segments.splice(segments.indexOf(longest) + 1, 0, second);
    return second;
  }

  function giveBack(one: Mutable): void {
    one.isTaken = false;
    one.isClosed = false;
    reopen(one);
    const index = segments.indexOf(one);
    const before = segments[index - 1];
    const isUntouched = one.at === one.from && !isDone(one);
    if (!isUntouched || before === undefined || !before.isTaken || before.isClosed || before.at === before.to) return;
    before.to = one.to; // who comes from there goes on
    segments.splice(index, 1);
  }

  function take(setupBytes = 0): TakenSegment | null {
    const one = segments.find((each) => !each.isTaken && !isDone(each)) ?? split(setupBytes);
    if (one === null) return null;
    one.isTaken = true;
    return {
      get from() {
        return one.from;
      },
      get at() {
        return one.at;
      },
      get to() {
        return one.to;
      },
      get seam() {
        return one.seam;
      },
      advance: (count) => {
        if (one.at + count > one.to) throw new AppError("internal", "A segment was written beyond its end");
        one.at += count;
      },
      close: () => {
        one.isClosed = true;
      },
      setSeam: (hash) => {
        one.seam = hash;
      },
      undo: () => {
        one.at = one.from;
        one.seam = null;
      },
      giveBack: () => giveBack(one),
    };
  }

  return {
    size,
    leastBytes,
    segments: () => segments.map(({ from, at, to, seam }) => ({ from, at, to, seam })),
    take,
    bytesDone: () => segments.reduce((sum, { from, at }) => sum + at - from, 0),
    isDone: () => segments.every(isDone),
  };
}

function left({ at, to }: Segment): number {
  return to - at;
}

function checkTiling(size: number, segments: readonly Segment[]): void {
  let end = 0;
  for (const { from, at, to } of segments) {
    if (from !== end || at < from || at > to || to <= from) throw new AppError("internal", "The segments do not fit");
    end = to;
  }
  if (end !== size) throw new AppError("internal", "The segments do not fit the file");
}
