import { isUtf8 } from "node:buffer";
import iconv from "iconv-lite";
import { isDigitAt } from "./words.ts";

/** January first; "|" parts the ways one language, or several, write the same month. As `ls` prints them, without the closing dot. */
const names: readonly string[] = [
  "jan|january|janv|janvier|januar|januari|január|jän|jänner|ene|enero|gen|gennaio|janeiro|sty|tammi|led|oca|ocak|sij|sau|xan|urt|янв|января|январь|ιαν|ian|jaan|січ|яну|сту|јан",
  "feb|february|févr|fév|fevr|février|februar|februari|február|febrero|febbraio|fev|fevereiro|lut|helmi|úno|şub|şubat|velj|vel|vas|peb|ots|фев|февраля|февраль|φεβ|febr|veebr|лют|феб",
  "mar|march|mars|mär|märz|mrz|mrt|maart|marzo|março|márc|március|mart|maalis|bře|ožu|kov|мар|марта|март|μαρ|μάρ|marts|märts|бер|сак",
  "apr|april|avr|avril|abr|abril|aprile|kwi|ápr|április|huhti|dub|nis|nisan|tra|bal|api|апр|апреля|апрель|απρ|кві|кра",
  "may|mai|mei|mayo|mag|maggio|maio|maj|máj|május|mayıs|touko|kvě|svi|geg|май|мая|μαϊ|μάι|μαι|maí|maig|maijs|тра|мај",
  "jun|june|juin|juni|junio|giu|giugno|junho|cze|jún|június|juny|iun|kesä|čen|čer|haz|haziran|bir|xuñ|eka|июн|июня|июнь|ιουν|ιούν|juuni|jūn|чер|чэр|юни|јун",
  "jul|july|juil|juillet|juli|julio|lug|luglio|julho|lip|júl|július|iul|heinä|čec|tem|temmuz|lie|xul|uzt|июл|июля|июль|ιουλ|ιούλ|jui|juuli|jūl|лип|ліп|юли|јул",
  "aug|august|augusti|augustus|augusztus|août|aoû|aou|ago|agosto|agu|agt|sie|elo|srp|ağu|ağustos|kol|rgp|abu|авг|августа|август|αυγ|αύγ|ágú|avg|сер|жні|ауг",
  "sep|sept|september|septembre|set|settembre|septiembre|setembro|wrz|szept|szeptember|syys|zář|eyl|eylül|ruj|rgs|ira|сен|сентября|сентябрь|сент|сеп|σεπ|sett|вер",
  "oct|october|octobre|okt|oktober|október|ott|ottobre|octubre|out|outubro|paź|loka|říj|eki|ekim|spa|urr|окт|октября|октябрь|οκτ|жов|кас",
  "nov|november|novembre|noviembre|novembro|nóv|lis|marras|kas|kasım|stu|aza|ноя|ноября|ноябрь|νοε|νοέ|noi|нов|ное|лис|ліс",
  "dec|december|déc|décembre|dez|dezember|dic|dicembre|diciembre|dezembro|desember|gru|grd|joulu|pro|ara|aralık|abe|дек|декабря|декабрь|δεκ|des|dets|гру|сне|дец",
];

/** Encodings that old systems of Eastern Europe print month names in. */
const encodings = [
  "win1251",
  "koi8-r",
  "iso-8859-5",
  "cp866",
  "iso-8859-2",
  "win1250",
  "iso-8859-7",
  "iso-8859-9",
  "koi8-u",
];

const monthByName: ReadonlyMap<string, number> = collectNames();

/** 1–12 for a month's name in one of the languages `ls` speaks, in UTF-8 or Latin-1 bytes and any case; 0 when it is none. */
export function monthNumber(wire: string): number {
  if (wire.length < 3 || wire.length > 24 || isDigitAt(wire, 0)) return 0;
  return monthByName.get(wire) ?? monthByName.get(normalize(wire)) ?? 0;
}

function normalize(wire: string): string {
  const mark = wire.charAt(wire.length - 1);
  const name = mark === "." || mark === "," ? wire.slice(0, -1) : wire;
  if (!/[\x80-\xff]/.test(name)) return name.toLowerCase();
  const bytes = Buffer.from(name, "latin1");
  return (isUtf8(bytes) ? bytes.toString("utf8") : name).toLowerCase();
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
