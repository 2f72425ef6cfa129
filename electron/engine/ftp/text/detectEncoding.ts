/** What names in no known encoding can be read as. */
export type LegacyEncoding =
  | "windows-1252"
  | "GB18030"
  | "Big5"
  | "Shift_JIS"
  | "EUC-JP"
  | "EUC-KR"
  | "windows-1251"
  | "KOI8-R"
  | "windows-1250";

/**
 * Guesses the encoding of names that are not UTF-8 from all of them together: for each encoding, how likely somebody who writes in it
 * would have made just these bytes. One short name can deceive; eight hardly ever do.
 */
export type EncodingDetector = {
  readonly observe: (bytes: Uint8Array) => void;
  readonly count: number;
  readonly label: LegacyEncoding;
};

const maxSample = 400; // more names make the guess no surer, and each is weighed nine times

export function encodingDetector(): EncodingDetector {
  const scores = models.map(({ prior }): Weight => prior);
  let count = 0;
  return {
    observe: (bytes) => {
      count++;
      if (count > maxSample) return;
      models.forEach((model, index) => {
        scores[index] = (scores[index] ?? 0) + weighName(model, bytes);
      });
    },
    get count() {
      return count;
    },
    get label() {
      return models[scores.indexOf(Math.max(...scores))]?.label ?? "windows-1252";
    },
  };
}

/** Natural logarithm of a probability. */
type Weight = number;

type Model = {
  readonly label: LegacyEncoding;
  /** What is met more often in the world begins ahead. */
  readonly prior: Weight;
  /** The character at `at`: its bytes, and how common it is; null when there is none. */
  readonly read: (bytes: Uint8Array, at: number) => { readonly length: number; readonly weight: Weight } | null;
  /** A run of `length` characters beyond ASCII; `touches`: it stands against ASCII letters, as in "Größe". */
  readonly run: (length: number, touches: boolean) => Weight;
};

const impossible: Weight = -25; // not minus infinity: one odd name must not decide about a thousand

function weighName(model: Model, bytes: Uint8Array): Weight {
  let weight = 0;
  for (let at = 0; at < bytes.length; ) {
    if ((bytes[at] ?? 0) < 0x80) {
      at++;
      continue;
    }
    const start = at;
    let length = 0;
    while (at < bytes.length && (bytes[at] ?? 0) >= 0x80) {
      const read = model.read(bytes, at);
      weight += read?.weight ?? impossible;
      at += read?.length ?? 1;
      length++;
    }
    weight += model.run(length, isLetter(bytes[start - 1]) || isLetter(bytes[at]));
  }
  return weight;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && /[A-Za-z]/.test(String.fromCharCode(byte));
}

/** A part of a double-byte table: lead bytes, how much of all text it makes up, and over how many characters that is spread. */
type Area = readonly [firstLead: number, lastLead: number, share: number, characters: number];

type Trails = (byte: number) => boolean;

/** The everyday characters stand first in all East Asian tables; that tells the tables apart. */
function doubleByte(areas: readonly Area[], isTrail: Trails, more: Model["read"] = () => null): Model["read"] {
  const weights = new Map<number, Weight>();
  for (const [first, last, share, characters] of areas) {
    for (let lead = first; lead <= last; lead++) weights.set(lead, Math.log(share / characters));
  }
  return (bytes, at) => {
    const weight = weights.get(bytes[at] ?? 0);
    const isPair = weight !== undefined && isTrail(bytes[at + 1] ?? 0);
    return isPair ? { length: 2, weight } : more(bytes, at);
  };
}

/** Letters of a single-byte encoding, each with its share in ten thousand of what is written beyond ASCII; `other`: any other byte's. */
function singleByte(letters: ReadonlyMap<number, number>, other: number | null): Model["read"] {
  return (bytes, at) => {
    const share = letters.get(bytes[at] ?? 0) ?? other;
    return share === null ? null : { length: 1, weight: Math.log(share / 10_000) };
  };
}

/** Between ASCII letters no East Asian character is at home, though "v2版" exists. */
const eastAsianRun: Model["run"] = (_length, touches) => Math.log(touches ? 0.1 : 0.9);
/** A word of one or two letters is rare, and two bytes are a Chinese character as well. */
const cyrillicRun: Model["run"] = (length, touches) =>
  Math.log(touches ? 0.02 : 0.98) + Math.log(length <= 2 ? 0.1 : 0.9);
/** One letter, at most two, among ASCII ones. */
const latinRun: Model["run"] = (length, touches) =>
  Math.log(touches ? 0.97 : 0.03) + Math.log(length === 1 ? 0.9 : 0.1) * Math.max(1, length - 1);

const isHighTrail: Trails = (byte) => byte >= 0xa1 && byte <= 0xfe;
const isGbkTrail: Trails = (byte) => byte >= 0x40 && byte <= 0xfe && byte !== 0x7f;
const isBig5Trail: Trails = (byte) => (byte >= 0x40 && byte <= 0x7e) || isHighTrail(byte);
const isSjisTrail: Trails = (byte) => byte >= 0x40 && byte <= 0xfc && byte !== 0x7f;

const gb2312 = doubleByte(
  [
    [0xa1, 0xa3, 0.08, 280],
    [0xa4, 0xa9, 0.002, 560],
    [0xb0, 0xd7, 0.88, 3_755],
    [0xd8, 0xf7, 0.03, 3_008],
  ],
  isHighTrail,
);
const gbkRest = doubleByte([[0x81, 0xfe, 0.008, 14_000]], isGbkTrail);

/** Four bytes, "81 30 81 30" and on: what GBK has no room for. */
function readGb18030Four(bytes: Uint8Array, at: number) {
  const [lead = 0, second = 0, third = 0, fourth = 0] = bytes.subarray(at, at + 4);
  const isFour = isIn(lead, 0x81, 0xfe) && isDigit(second) && isIn(third, 0x81, 0xfe) && isDigit(fourth);
  return isFour ? { length: 4, weight: -14 } : null;
}

const kana: readonly Area[] = [
  [0xa4, 0xa4, 0.25, 83],
  [0xa5, 0xa5, 0.25, 86],
];

/** Cyrillic letters by how often Russian uses them, per thousand of all letters. */
const russian = new Map<string, number>([
  ...pairs("оеаинтсрвл", [110, 85, 80, 74, 67, 63, 55, 47, 45, 44]),
  ...pairs("кмдпуяыьгз", [35, 32, 30, 28, 26, 20, 19, 17, 17, 16]),
  ...pairs("бчйхжшюцщэ", [16, 14, 12, 10, 9, 7, 6, 5, 4, 3]),
  ...pairs("фъ", [3, 1]),
]);

const alphabet = "абвгдежзийклмнопрстуфхцчшщъыьэюя";
const koi8Order = "юабцдефгхийклмнопярстужвьызшэщчъ";

/** Where an encoding has its small and its capital letters, in the order of its bytes from there on. */
function cyrillic(order: string, first: CyrillicPlaces): ReadonlyMap<number, number> {
  const letters = new Map<number, number>([
    [first.smallYo, 8],
    [first.capitalYo, 1],
  ]);
  [...order].forEach((letter, index) => {
    const perThousand = russian.get(letter) ?? 1;
    letters.set(first.small + index, perThousand * 8.5);
    letters.set(first.capital + index, perThousand * 1.4);
  });
  return letters;
}

type CyrillicPlaces = Readonly<Record<"small" | "capital" | "smallYo" | "capitalYo", number>>;

const western = new Map<number, number>([
  ...bytePairs([0x92, 60], [0x96, 30], [0xb0, 30], [0xa9, 20], [0xae, 20], [0xb7, 10]), // ’ – ° © ® ·
  ...bytePairs([0xe9, 2_200], [0xfc, 1_200], [0xe4, 1_000], [0xf6, 900], [0xe8, 500], [0xe0, 500], [0xe1, 700]),
  ...bytePairs([0xf3, 700], [0xed, 650], [0xe7, 350], [0xf1, 300], [0xdf, 300], [0xe5, 300], [0xf8, 250], [0xe3, 250]),
  ...bytePairs([0xe6, 150], [0xea, 150], [0xf4, 100], [0xee, 80], [0xfa, 200], [0xe2, 80], [0xef, 60], [0xfb, 50]),
  ...bytePairs(
    [0xdc, 60],
    [0xd6, 60],
    [0xc4, 60],
    [0xc9, 60],
    [0xf9, 30],
    [0xeb, 30],
    [0xf5, 60],
    [0xf2, 20],
    [0xec, 20],
  ),
]);
/** Czech, Slovak, Polish and Hungarian in windows-1250. */
const central = new Map<number, number>([
  ...bytePairs(
    [0xe1, 1_000],
    [0xe9, 900],
    [0xed, 800],
    [0xec, 500],
    [0x9a, 500],
    [0xe8, 500],
    [0xf8, 500],
    [0x9e, 500],
  ),
  ...bytePairs([0xfd, 400], [0xf9, 300], [0xb3, 500], [0xb9, 350], [0xea, 400], [0xf3, 500], [0x9c, 250], [0xbf, 300]),
  ...bytePairs([0xe6, 250], [0xf1, 120], [0xf6, 300], [0xf5, 400], [0xfc, 150], [0xfb, 150], [0xfa, 120], [0x9f, 50]),
  ...bytePairs(
    [0xc8, 40],
    [0x8a, 40],
    [0x8e, 40],
    [0xd8, 30],
    [0xa3, 30],
    [0xaf, 20],
    [0x8c, 20],
    [0xf2, 50],
    [0xe4, 60],
  ),
]);

const models: readonly Model[] = [
  { label: "windows-1252", prior: 0, read: singleByte(western, 1), run: latinRun },
  {
    label: "GB18030",
    prior: 0,
    read: (bytes, at) => gb2312(bytes, at) ?? gbkRest(bytes, at) ?? readGb18030Four(bytes, at),
    run: eastAsianRun,
  },
  {
    label: "Big5",
    prior: -1,
    read: doubleByte(
      [
        [0xa1, 0xa3, 0.05, 408],
        [0xa4, 0xc6, 0.92, 5_401],
        [0xc9, 0xf9, 0.02, 7_652],
      ],
      isBig5Trail,
    ),
    run: eastAsianRun,
  },
  {
    label: "Shift_JIS",
    prior: -1,
    read: doubleByte(
      [
        [0x81, 0x81, 0.06, 147],
        [0x82, 0x82, 0.25, 140],
        [0x83, 0x83, 0.25, 130],
        [0x88, 0x97, 0.42, 2_800],
        [0x98, 0x9f, 0.01, 1_500],
        [0xe0, 0xea, 0.005, 2_000],
      ],
      isSjisTrail,
      (bytes, at) => (isIn(bytes[at] ?? 0, 0xa1, 0xdf) ? { length: 1, weight: Math.log(0.001 / 63) } : null),
    ),
    run: eastAsianRun,
  },
  {
    label: "EUC-JP",
    prior: -2,
    read: doubleByte(
      [[0xa1, 0xa3, 0.06, 250], ...kana, [0xb0, 0xcf, 0.42, 2_965], [0xd0, 0xf4, 0.01, 3_390]],
      isHighTrail,
    ),
    run: eastAsianRun,
  },
  {
    label: "EUC-KR",
    prior: -1,
    read: doubleByte(
      [
        [0xa1, 0xac, 0.03, 980],
        [0xb0, 0xc8, 0.95, 2_350],
        [0xca, 0xfd, 0.01, 4_888],
      ],
      isHighTrail,
    ),
    run: eastAsianRun,
  },
  {
    label: "windows-1251",
    prior: -2,
    read: singleByte(cyrillic(alphabet, { small: 0xe0, capital: 0xc0, smallYo: 0xb8, capitalYo: 0xa8 }), null),
    run: cyrillicRun,
  },
  {
    label: "KOI8-R",
    prior: -2,
    read: singleByte(cyrillic(koi8Order, { small: 0xc0, capital: 0xe0, smallYo: 0xa3, capitalYo: 0xb3 }), null),
    run: cyrillicRun,
  },
  { label: "windows-1250", prior: -3, read: singleByte(central, 1), run: latinRun },
];

function pairs(letters: string, shares: readonly number[]): [string, number][] {
  return [...letters].map((letter, index) => [letter, shares[index] ?? 0]);
}

function bytePairs(...entries: readonly (readonly [number, number])[]): readonly (readonly [number, number])[] {
  return entries;
}

function isDigit(byte: number): boolean {
  return isIn(byte, 0x30, 0x39);
}

function isIn(byte: number, low: number, high: number): boolean {
  return byte >= low && byte <= high;
}
