/** Takes known secrets out of text, in every form they travel in. */
export type Redactor = {
  /** From now on `secret` is masked. Shorter than four characters it is not: masking every "a" would tell it. */
  readonly add: (secret: string) => void;
  readonly redact: (text: string) => string;
};

const mask = "•••";
const minimumLength = 4;

export function createRedactor(): Redactor {
  const known = new Set<string>();
  let forms: readonly string[] = [];
  return {
    add: (secret) => {
      if (secret.length < minimumLength || known.has(secret)) return;
      known.add(secret);
      // Longest first, so that a form inside another does not leave its ends behind.
      forms = [...new Set([...known].flatMap(formsOf))].sort((a, b) => b.length - a.length);
    },
    redact: (text) => forms.reduce((masked, form) => masked.replaceAll(form, mask), text),
  };
}

function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, "utf8");
  const percentAll = [...bytes].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("");
  const percent = encodeURIComponent(secret);
  return [
    secret,
    bytes.toString("latin1"), // as a wire string
    percent,
    percent.replaceAll(/%[0-9A-F]{2}/g, (escaped) => escaped.toLowerCase()),
    percent.replaceAll("%20", "+"),
    percentAll,
    percentAll.toUpperCase(),
    bytes.toString("hex"),
    JSON.stringify(secret).slice(1, -1),
    ...[0, 1, 2].flatMap((shift) => base64Inside(bytes, shift)),
  ];
}

/** What base64 of a longer text shows of `bytes` when they begin `shift` bytes into a group of three. RFC 4648 §4. */
function base64Inside(bytes: Buffer, shift: number): string[] {
  const encoded = Buffer.concat([Buffer.alloc(shift), bytes])
    .toString("base64")
    .replaceAll("=", "");
  const fixedEnd = Math.floor(((shift + bytes.length) * 8) / 6);
  const inside = encoded.slice(Math.ceil((shift * 8) / 6), fixedEnd);
  const whole = bytes.toString("base64");
  return [inside, inside.replaceAll("+", "-").replaceAll("/", "_"), ...(shift === 0 ? [whole] : [])];
}
