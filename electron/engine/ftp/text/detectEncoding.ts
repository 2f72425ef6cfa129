import type { LegacyEncoding, Model, Weight } from "./encodingModel.ts";
import { models } from "./encodingModels.ts";

/**
 * Guesses the encoding of names that are not UTF-8 from all of them together: for each encoding, how likely somebody who writes in it
 * would have made just these bytes. One short name can deceive; eight hardly ever do.
 */
export type EncodingDetector = {
  readonly observe: (bytes: Uint8Array) => void;
  readonly count: number;
  readonly label: LegacyEncoding;
};

const maxSample = 400; // more names make the guess no surer, and each is weighed by every model

export function encodingDetector(): EncodingDetector {
  const scores = models.map(({ prior }): Weight => prior);
  let count = 0;
  let label: LegacyEncoding = "windows-1252";
  return {
    observe: (bytes) => {
      count++;
      if (count > maxSample) return;
      models.forEach((model, index) => {
        scores[index] = (scores[index] ?? 0) + weighName(model, bytes);
      });
      label = models[scores.indexOf(Math.max(...scores))]?.label ?? label;
    },
    get count() {
      return count;
    },
    get label() {
      return label;
    },
  };
}

function weighName(model: Model, bytes: Uint8Array): Weight {
  let weight = 0;
  for (let at = 0; at < bytes.length; ) {
    if ((bytes[at] ?? 0) < 0x80) {
      at++;
      continue;
    }
    const start = at;
    let characters = 0;
    while (at < bytes.length && (bytes[at] ?? 0) >= 0x80) {
      const length = model.lengthAt(bytes, at);
      weight += model.weightAt(bytes, at, length);
      at += length;
      characters++;
    }
    weight += model.run(characters, isLetter(bytes[start - 1]) || isLetter(bytes[at]));
  }
  return weight;
}

function isLetter(byte: number | undefined): boolean {
  return byte !== undefined && ((byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a));
}
