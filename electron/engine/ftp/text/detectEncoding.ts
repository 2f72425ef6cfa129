export type EncodingVotes = { readonly gb18030: number; readonly shiftJis: number; readonly western: number };

/** The legacy encoding that most names speak for. */
export function legacyLabel({ gb18030, shiftJis, western }: EncodingVotes): "GB18030" | "Shift_JIS" | "windows-1252" {
  if (gb18030 > Math.max(western, shiftJis)) return "GB18030";
  return shiftJis > western ? "Shift_JIS" : "windows-1252";
}

/** Shift_JIS in one pass: 0 when the bytes are not, else 1 more than the pairs that nothing Western looks like. */
function weighShiftJis(bytes: Uint8Array): number {
  let sure = 0;
  for (let at = 0; at < bytes.length; at++) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80 || isIn(lead, 0xa1, 0xdf)) continue; // ASCII, half-width kana
    const trail = bytes[at + 1] ?? 0;
    const isPair = (isIn(lead, 0x81, 0x9f) || isIn(lead, 0xe0, 0xfc)) && isIn(trail, 0x40, 0xfc) && trail !== 0x7f;
    if (!isPair) return 0;
    // Windows-1252 has quotes and dashes at 80-9F ("it\x92s"), but no two in a row, and rarely 82 and 83, where kana are.
    if (lead < 0xa0 && (trail >= 0x80 || isIn(lead, 0x82, 0x83))) sure++;
    at++;
  }
  return 1 + sure;
}

/** True when the bytes are Shift_JIS throughout, likely or not. */
export function isShiftJis(bytes: Uint8Array): boolean {
  return weighShiftJis(bytes) > 0;
}

/** True when the bytes are a name that a Japanese system would write. */
export function isPlausibleShiftJis(bytes: Uint8Array): boolean {
  return weighShiftJis(bytes) > 1;
}

/** True when the bytes are GB18030 throughout, likely or not. */
export function isGb18030(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; ) {
    const length = (bytes[at] ?? 0) < 0x80 ? 1 : pairLength(bytes, at);
    if (length === 0) return false;
    at += length;
  }
  return true;
}

/**
 * True when the bytes are a name that a Chinese system would write: all pairs valid, most of them in the everyday area of GB 2312
 * (lead A1–F7, trail from A1), and not better read as a Western word such as "Größe", whose "öß" is a valid Chinese pair too.
 */
export function isPlausibleGb18030(bytes: Uint8Array): boolean {
  let everyday = 0;
  let rare = 0;
  let at = 0;
  while (at < bytes.length) {
    const lead = bytes[at] ?? 0;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const length = pairLength(bytes, at);
    if (length === 0) return false;
    const isEveryday = length === 2 && lead >= 0xa1 && lead <= 0xf7 && (bytes[at + 1] ?? 0) >= 0xa1;
    if (isEveryday) everyday++;
    else rare++;
    at += length;
  }
  return everyday > 0 && everyday >= rare && !looksWestern(bytes);
}

/** Bytes of the GB18030 character at `at`: 2, 4, or 0 when there is none. */
function pairLength(bytes: Uint8Array, at: number): 0 | 2 | 4 {
  const lead = bytes[at] ?? 0;
  const second = bytes[at + 1] ?? 0;
  if (lead === 0x80 || lead === 0xff) return 0;
  if (second >= 0x40 && second <= 0xfe && second !== 0x7f) return 2;
  const isFour = isIn(second, 0x30, 0x39) && isIn(bytes[at + 2], 0x81, 0xfe) && isIn(bytes[at + 3], 0x30, 0x39);
  return isFour ? 4 : 0;
}

/** Only letters of windows-1252 (C0–FF), in runs of one or two that stand against ASCII letters: "Größe", "détaillé". */
function looksWestern(bytes: Uint8Array): boolean {
  const text = Buffer.from(bytes).toString("latin1");
  const runs = [...text.matchAll(/[\x80-\xff]+/g)];
  return runs.every(({ 0: run, index }) => {
    const isLetters = /^[\xc0-\xd6\xd8-\xf6\xf8-\xff]{1,2}$/.test(run);
    return isLetters && (isLetter(text.charAt(index - 1)) || isLetter(text.charAt(index + run.length)));
  });
}

function isLetter(char: string): boolean {
  return /^[A-Za-z]$/.test(char);
}

function isIn(byte: number | undefined, low: number, high: number): boolean {
  return byte !== undefined && byte >= low && byte <= high;
}
