import { isUtf8 } from "node:buffer";
import iconv from "iconv-lite";

/** January first; "|" parts the ways one language, or several, write the same month. As `ls` prints them, without the closing dot. */
const names = [
  "jan|january|janv|janvier|januar|ene|enero|gen|gennaio|janeiro|sty|tammi|led|oca|янв|ιαν|ian|jaan|січ|яну",
  "feb|february|févr|fév|fevr|februar|febbraio|fev|lut|helmi|úno|şub|фев|φεβ|febr|veebr|лют",
  "mar|march|mars|mär|märz|mrt|marzo|março|márc|maalis|bře|мар|μαρ|marts|märts|бер",
  "apr|april|avr|avril|abr|abril|aprile|kwi|ápr|huhti|dub|nis|апр|απρ|кві",
  "may|mai|mei|mayo|mag|maggio|maio|maj|máj|touko|kvě|май|мая|μαϊ|μάι|maí|maig|maijs|тра",
  "jun|june|juin|juni|junio|giu|giugno|junho|cze|jún|kesä|čen|čer|haz|июн|ιουν|juuni|jūn|чер|юни",
  "jul|july|juil|juillet|juli|julio|lug|luglio|julho|lip|júl|heinä|čec|tem|июл|ιουλ|jui|juuli|jūl|лип|юли",
  "aug|august|août|aou|ago|agosto|sie|elo|srp|ağu|авг|αυγ|αύγ|ágú|avg|сер",
  "sep|sept|september|septembre|set|settembre|septiembre|setembro|wrz|szept|syys|zář|eyl|сен|сент|σεπ|sett|szept|вер",
  "oct|october|octobre|okt|oktober|ott|ottobre|octubre|out|outubro|paź|loka|říj|eki|окт|οκτ|жов",
  "nov|november|novembre|noviembre|novembro|lis|marras|lis|kas|ноя|νοε|noi|нов|лис",
  "dec|december|déc|décembre|dez|dezember|dic|dicembre|diciembre|dezembro|gru|joulu|pro|ara|дек|δεκ|des|dets|гру",
];

/** Encodings that old systems of Eastern Europe print month names in. */
const encodings = ["win1251", "koi8-r", "iso-8859-5", "iso-8859-2", "iso-8859-7"];

const monthByName: ReadonlyMap<string, number> = collectNames();

/** 1–12 for a month's name in one of the languages `ls` speaks, in UTF-8 or Latin-1 bytes and any case; 0 when it is none. */
export function monthNumber(wire: string): number {
  if (wire.length < 3 || wire.length > 24 || /^\d/.test(wire)) return 0;
  return monthByName.get(wire) ?? monthByName.get(normalize(wire)) ?? 0;
}

function normalize(wire: string): string {
  const bytes = Buffer.from(wire, "latin1");
  const text = isUtf8(bytes) ? bytes.toString("utf8") : wire;
  return text.toLowerCase().replace(/[.,]$/, "");
}

/** By Unicode text and, where it is not Latin-1 anyway, by the bytes of an old encoding. */
function collectNames(): Map<string, number> {
  const months = new Map<string, number>();
  names.forEach((ways, index) => {
    const lower = ways.split("|");
    for (const name of [...lower, ...lower.map((way) => way.charAt(0).toUpperCase() + way.slice(1))]) {
      months.set(name, index + 1);
      for (const encoding of encodings) {
        const wire = iconv.encode(name, encoding).toString("latin1");
        if (!wire.includes("?") && !months.has(wire)) months.set(wire, index + 1);
      }
    }
  });
  return months;
}
