import { commonCharacters } from "./commonCharacters.ts";
import { eastAsian, latin, letters, type Model } from "./encodingModel.ts";

const { simplified, traditional, kanji, hangul } = commonCharacters;

/** Who comes first is believed first where two fit as well. */
export const models: readonly Model[] = [
  latin("windows-1252", 0, "western"),
  ...(["french", "german", "spanish", "portuguese", "italian", "nordic", "icelandic"] as const).map((language) =>
    latin("windows-1252", -1.5, language),
  ),
  latin("ISO-8859-15", -4, "french"),
  latin("ISO-8859-15", -4, "nordic"),
  latin("windows-1250", -3, "central"),
  latin("ISO-8859-2", -4, "central"),
  ...(["polish", "czech", "slovak", "hungarian", "southSlavic"] as const).flatMap((language) => [
    latin("windows-1250", -4, language),
    latin("ISO-8859-2", -5, language),
  ]),
  latin("windows-1250", -6, "romanian"), // "ă" and the "ã" of "São" are one byte
  latin("ISO-8859-2", -7, "romanian"),
  latin("windows-1254", -4, "turkish"),
  letters("windows-1251", -2, "russian"),
  letters("KOI8-R", -2, "russian"),
  letters("ISO-8859-5", -5, "russian"),
  letters("windows-1251", -4, "ukrainian"),
  letters("KOI8-U", -4, "ukrainian"),
  letters("windows-1253", -4, "greek"),
  letters("ISO-8859-7", -5, "greek"),
  eastAsian("GB18030", 0, simplified, [
    [0x81, 0xfe, 0.008, 14_000, "wide"],
    [0xa1, 0xa3, 0.06, 280, "high"],
    [0xa4, 0xa9, 0.002, 560, "high"],
    [0xb0, 0xd7, 0.16, 3_100, "high"],
    [0xd8, 0xf7, 0.02, 3_008, "high"],
  ]),
  eastAsian("Big5", -1, traditional, [
    [0xa1, 0xa3, 0.05, 408, "big5"],
    [0xa4, 0xc6, 0.18, 4_700, "big5"],
    [0xc9, 0xf9, 0.02, 7_652, "big5"],
  ]),
  eastAsian("Shift_JIS", -1, kanji, [
    [0x81, 0x81, 0.06, 147, "wide"],
    [0x82, 0x82, 0.21, 140, "wide"],
    [0x83, 0x83, 0.21, 130, "wide"],
    [0x88, 0x97, 0.12, 2_500, "wide"],
    [0x98, 0x9f, 0.01, 1_500, "wide"],
    [0xe0, 0xea, 0.005, 2_000, "wide"],
    [0xa1, 0xdf, 0.001, 63, "single"],
  ]),
  eastAsian("EUC-JP", -2, kanji, [
    [0xa1, 0xa3, 0.06, 250, "high"],
    [0xa4, 0xa4, 0.21, 83, "high"],
    [0xa5, 0xa5, 0.21, 86, "high"],
    [0xb0, 0xcf, 0.12, 2_600, "high"],
    [0xd0, 0xf4, 0.01, 3_390, "high"],
  ]),
  eastAsian("EUC-KR", -1, hangul, [
    [0xa1, 0xac, 0.03, 980, "high"],
    [0xb0, 0xc8, 0.1, 2_070, "high"],
    [0xca, 0xfd, 0.01, 4_888, "high"],
  ]),
];
