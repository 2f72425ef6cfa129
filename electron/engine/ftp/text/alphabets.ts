/** Small letters beyond ASCII, and how often each is met among them when somebody writes in a language. */
export type Alphabet = ReadonlyMap<string, number>;

/** By what is written, each in parts of its own sum. Letters of the same look and use share a table: names are short. */
export const alphabets = {
  western: alphabetOf(
    "é220 ü120 ä100 ö90 è50 à50 á70 ó70 í65 ç35 ñ30 ß30 å30 ø25 ã25 æ15 ê15 ô10 î8 ú20 â8 ï6 û5 ù3 ë3 õ6 ò2 ì2",
  ),
  french: alphabetOf("é620 è110 à100 ê45 ç40 ô25 î18 â15 û12 ï8 ù8 œ8 ë4"),
  german: alphabetOf("ü350 ä320 ö200 ß120 é5"),
  spanish: alphabetOf("ó320 í230 á190 é120 ñ90 ú60 ü5"),
  portuguese: alphabetOf("ã230 ç180 á140 é110 í100 ó80 õ70 ê60 â30 ú30 à20 ô20"),
  italian: alphabetOf("à330 è250 ò150 ù130 ì120 é60"),
  nordic: alphabetOf("ä270 ö200 å190 ø140 æ90 é20 ü4 š2 ž1"),
  icelandic: alphabetOf("á180 í180 ð150 ó110 ú90 é80 ö80 þ70 æ60 ý40"),
  central: alphabetOf(
    "á100 é90 í80 ě50 š50 č50 ř50 ž50 ł50 ó50 ý40 ę40 ő40 ą35 ů30 ż30 ö30 ś25 ć25 ü15 ű15 ú12 ń12 ä6 ň5 ź5 đ3 ľ3 ť3 ď2 ă2",
  ),
  polish: alphabetOf("ł220 ę160 ó140 ą150 ż110 ś110 ć70 ń50 ź15"),
  czech: alphabetOf("í220 á160 ě110 é100 ř90 č75 ž75 š70 ý70 ů40 ú10 ň6 ť4 ď3 ó2"),
  slovak: alphabetOf("á220 í110 ý110 č110 ž100 š100 é90 ú80 ľ40 ť50 ň25 ô20 ď15 ä12 ó10 ĺ2 ŕ2"),
  hungarian: alphabetOf("á330 é320 ö100 ó100 ő80 ü60 í50 ú30 ű20"),
  southSlavic: alphabetOf("č330 š290 ž250 ć120 đ60"),
  romanian: alphabetOf("ă400 î170 ş170 ţ170 â90"),
  turkish: alphabetOf("ı300 ş180 ü170 ğ120 ç120 ö90 â3 î2"),
  greek: alphabetOf(
    "α100 ο90 ι75 τ72 ε70 σ45 ς40 ν62 η45 υ40 ρ45 π40 κ40 μ33 λ30 ω18 δ17 γ17 χ10 θ12 φ9 β8 ξ5 ζ4 ψ2",
    "ά30 ό25 ί30 έ22 ή22 ύ14 ώ14",
  ),
  russian: alphabetOf(
    "о110 е85 а80 и74 н67 т63 с55 р47 в45 л44 к35 м32 д30 п28 у26 я20 ы19 ь17 г17 з16 б16 ч14 й12 х10 ж9 ш7 ю6 ц5 щ4 э3 ф3 ъ1 ё9",
  ),
  ukrainian: alphabetOf(
    "о95 а85 н66 и60 і58 в55 т55 р47 е46 с41 к40 л37 у34 д32 м31 п29 я22 з22 ь18 б17 г16 ч14 й14 х12 ж8 ц8 ю8 ї7 ш7 є6 щ6 ф4 ґ1",
  ),
} as const satisfies Record<string, Alphabet>;

/** "é620 è110": a letter, and its share. */
function alphabetOf(...shares: readonly string[]): Alphabet {
  const letters = shares.join(" ").split(" ");
  return new Map(letters.map((letter) => [letter.slice(0, 1), Number(letter.slice(1))]));
}
