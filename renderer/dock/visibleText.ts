/**
 * A line a server sent, safe to show: control characters become the signs of their names (␛ for ESC), and characters that would turn
 * the reading direction round become visible too, so that a server cannot make its log say something else.
 */
export function visibleText(text: string): string {
  return text.replace(hidden, signOf);
}

// Control characters, line and paragraph separators, the bidirectional controls and the byte order mark.
const hidden = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu;

function signOf(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "␡";
  return `\\u${code.toString(16).padStart(4, "0")}`;
}
