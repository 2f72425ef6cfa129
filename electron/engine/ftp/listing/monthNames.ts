import { isUtf8 } from "node:buffer";

/** January first; "|" parts the ways one language, or several, write the same month. As `ls` prints them, without the closing dot. */
const names = [
  "jan|january|janv|janvier|januar|ene|enero|gen|gennaio|janeiro|sty|tammi|led|oca|янв|ιαν|ian",
  "feb|february|févr|fév|fevr|februar|febbraio|fev|lut|helmi|úno|şub|фев|φεβ",
  "mar|march|mars|mär|märz|mrt|marzo|março|márc|maalis|bře|мар|μαρ",
  "apr|april|avr|avril|abr|abril|aprile|kwi|ápr|huhti|dub|nis|апр|απρ",
  "may|mai|mei|mayo|mag|maggio|maio|maj|máj|touko|kvě|май|мая|μαϊ",
  "jun|june|juin|juni|junio|giu|giugno|junho|cze|jún|kesä|čen|čer|haz|июн|ιουν",
  "jul|july|juil|juillet|juli|julio|lug|luglio|julho|lip|júl|heinä|čec|tem|июл|ιουλ",
  "aug|august|août|aou|ago|agosto|sie|elo|srp|ağu|авг|αυγ",
  "sep|sept|september|septembre|set|settembre|septiembre|setembro|wrz|szept|syys|zář|eyl|сен|сент|σεπ",
  "oct|october|octobre|okt|oktober|ott|ottobre|octubre|out|outubro|paź|loka|říj|eki|окт|οκτ",
  "nov|november|novembre|noviembre|novembro|lis|marras|lis|kas|ноя|νοε|noi",
  "dec|december|déc|décembre|dez|dezember|dic|dicembre|diciembre|dezembro|gru|joulu|pro|ara|дек|δεκ|des",
];

const monthByName: ReadonlyMap<string, number> = new Map(
  names.flatMap((ways, index) =>
    ways
      .split("|")
      .flatMap((way) => [way, way.charAt(0).toUpperCase() + way.slice(1)].map((name) => [name, index + 1])),
  ),
);

/** 1–12 for a month's name in one of the languages `ls` speaks, in UTF-8 or Latin-1 bytes and any case; 0 when it is none. */
export function monthNumber(wire: string): number {
  if (wire.length < 3 || wire.length > 24 || /^\d/.test(wire)) return 0;
  return monthByName.get(wire) ?? monthByName.get(normalize(wire)) ?? 0;
}

function normalize(wire: string): string {
  const bytes = Buffer.from(wire, "latin1");
  const text = isUtf8(bytes) ? bytes.toString("utf8") : wire;
  return text.toLowerCase().replace(/\.$/, "");
}
