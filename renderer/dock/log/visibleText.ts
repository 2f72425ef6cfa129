/**
 * A line a server sent, safe to show: control characters are written as escapes (\x1b for ESC), and so are characters that
 * would turn the reading direction round: a server cannot make its log say something else.
 */
export function visibleText(text: string): string {
  return text.replace(hidden, signOf);
}

// Control characters, line and paragraph separators, the bidirectional controls and the byte order mark.
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu;

function signOf(character: string): string {
  const code = character.charCodeAt(0).toString(16);
  return code.length <= 2 ? `\\x${code.padStart(2, "0")}` : `\\u${code.padStart(4, "0")}`;
}
