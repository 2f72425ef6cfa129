/** The words of one listing line with their places, so that a name can keep every blank of its own. */
export type Words = {
  readonly line: string;
  readonly count: number;
  readonly text: (index: number) => string;
  readonly start: (index: number) => number;
  readonly end: (index: number) => number;
};

const maxWords = 32; // nine columns and a generous owner with blanks; the name is cut from the line itself

export function splitWords(line: string): Words {
  const starts: number[] = [];
  const ends: number[] = [];
  let at = 0;
  while (starts.length < maxWords) {
    while (isBlank(line.charCodeAt(at))) at++;
    if (at >= line.length) break;
    starts.push(at);
    while (at < line.length && !isBlank(line.charCodeAt(at))) at++;
    ends.push(at);
  }
  const start = (index: number) => starts[index] ?? line.length;
  const end = (index: number) => ends[index] ?? line.length;
  return { line, count: starts.length, start, end, text: (index) => line.slice(start(index), end(index)) };
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
