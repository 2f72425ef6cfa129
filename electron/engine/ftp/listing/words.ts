const maxWords = 32; // nine columns and a generous owner with blanks; the name is cut from the line itself

/**
 * The words of one listing line with their places, so that a name can keep every blank of its own. They are found as they are asked for: most
 * of a line is its name, which nobody takes to pieces.
 */
export class Words {
  readonly line: string;
  readonly #texts: string[] = [];
  readonly #starts: number[] = [];
  /** How far the line has been looked through. */
  #at = 0;

  constructor(line: string) {
    this.line = line;
  }

  has(index: number): boolean {
    this.#findUpTo(index);
    return index < this.#texts.length;
  }

  /** "" where there is none. */
  text(index: number): string {
    this.#findUpTo(index);
    return this.#texts[index] ?? "";
  }

  start(index: number): number {
    this.#findUpTo(index);
    return this.#starts[index] ?? this.line.length;
  }

  end(index: number): number {
    return this.start(index) + this.text(index).length;
  }

  #findUpTo(index: number): void {
    while (this.#texts.length <= index && this.#texts.length < maxWords) {
      let start = this.#at;
      while (isBlank(this.line.charCodeAt(start))) start++;
      if (start >= this.line.length) return;
      let end = start + 1;
      while (end < this.line.length && !isBlank(this.line.charCodeAt(end))) end++;
      this.#starts.push(start);
      this.#texts.push(this.line.slice(start, end));
      this.#at = end;
    }
  }
}

/** Decimal digits and nothing else. Looked at byte by byte, because it is asked several times for each line of a listing. */
export function isDigits(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (!isDigitAt(text, at)) return false;
  return text !== "";
}

export function isDigitAt(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code >= 0x30 && code <= 0x39;
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09;
}
