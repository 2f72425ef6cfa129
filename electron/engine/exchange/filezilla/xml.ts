import { parseXml, XmlElement, XmlText } from "@rgrove/parse-xml";
import { QueueFileError } from "../queueFileError.ts";

/**
 * The root of a FileZilla file. Entities beyond XML's own five, malformed text and other roots are refused: nothing expands.
 * Throws QueueFileError.
 */
export function parseFilezillaXml(text: string): XmlElement {
  const root = parse(text);
  if (root?.name !== "FileZilla3") throw new QueueFileError("not-a-queue");
  return root;
}

/** Elements that stand side by side in a part of a file; `firstLine` tells where the part begins. Throws QueueFileError. */
export function parsePart(text: string, firstLine: () => number): XmlElement[] {
  const root = parse(`<Part>${text}</Part>`, firstLine);
  return root === null ? [] : elementsOf(root);
}

export function elementsOf(parent: XmlElement, name?: string): XmlElement[] {
  return parent.children.filter(
    (child): child is XmlElement => child instanceof XmlElement && (name === undefined || child.name === name),
  );
}

/** The text of a child element, without what it holds besides; null: there is no such child. */
export function textOf(parent: XmlElement, name: string): string | null {
  const [element] = elementsOf(parent, name);
  if (element === undefined) return null;
  return element.children.map((child) => (child instanceof XmlText ? child.text : "")).join("");
}

/** A child that holds a whole number, or `otherwise`; null: it holds something else. */
export function numberOf(parent: XmlElement, name: string, otherwise: number): number | null {
  const text = textOf(parent, name)?.trim();
  if (text === undefined) return otherwise;
  return /^-?\d{1,15}$/.test(text) ? Number(text) : null;
}

/** `<name>text</name>` on a line of its own. null: XML 1.0 has no way to write this text. */
export function elementLine(indent: number, name: string, text: string | number): string | null {
  const written = String(text);
  if (!written.isWellFormed() || unwritable.test(written)) return null;
  return `${"\t".repeat(indent)}<${name}>${escapeText(written)}</${name}>\n`;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML 1.0 §2.2 leaves out
const unwritable = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

/** Tabs and line ends as references: a parser may make blanks of the others. */
function escapeText(text: string): string {
  return text.replace(/[&<>\t\n\r]/g, (character) => escapes[character] ?? character);
}

const escapes: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

function parse(text: string, firstLine = () => 1): XmlElement | null {
  try {
    return parseXml(text).root;
  } catch (error) {
    const line = lineOf(error);
    throw new QueueFileError("damaged", line === null ? null : line + firstLine() - 1, error); // a stack that is too deep too: nobody nests that much
  }
}

function lineOf(error: unknown): number | null {
  return error instanceof Error && "line" in error && typeof error.line === "number" ? error.line : null;
}
