import type { XmlElement } from "@rgrove/parse-xml";
import { QueueFileError } from "../queueFileError.ts";
import { parseFilezillaXml, parsePart } from "./xml.ts";

export type SplitServer = {
  /** The `<Server>` without its transfers. Throws QueueFileError. */
  readonly fields: () => XmlElement;
  /** Its `<File>` and `<Folder>` elements, some hundred at a time. Throws QueueFileError. */
  readonly itemGroups: () => Generator<readonly XmlElement[]>;
};

/**
 * Takes a FileZilla file apart before it is parsed: the tree of a whole file would be fifteen times its size, and hold others up for
 * seconds. What stands between the parts is parsed too, so that nothing in the file goes unread. Throws QueueFileError.
 */
export function splitQueue(xml: string): { readonly root: XmlElement; readonly servers: readonly SplitServer[] } {
  if (xml.length > longestFile) throw new QueueFileError("too-large");
  const start = xml.indexOf("<Queue>") + "<Queue>".length;
  const end = xml.lastIndexOf("</Queue>");
  if (start < "<Queue>".length || end < start) return { root: parseFilezillaXml(xml), servers: [] };
  const root = parseFilezillaXml(xml.slice(0, start) + xml.slice(end));
  const { rest, elements } = cutOut(xml.slice(start, end), ["Server"], lineAt(xml, start));
  parsePart(rest, lineAt(xml, start));
  return { root, servers: elements.map(({ text, index }) => splitServer(xml, start + index, text)) };
}

const longestFile = 24 * 1024 * 1024; // some 100,000 transfers; its text is held in memory while it is read
const itemsAtOnce = 200; // some milliseconds

function splitServer(xml: string, start: number, server: string): SplitServer {
  const { rest, elements } = cutOut(server, ["File", "Folder"], lineAt(xml, start));
  return {
    fields: () => {
      const [fields] = parsePart(rest, lineAt(xml, start));
      if (fields === undefined) throw new QueueFileError("damaged");
      return fields;
    },
    *itemGroups() {
      for (let at = 0; at < elements.length; at += itemsAtOnce) {
        const group = elements.slice(at, at + itemsAtOnce);
        yield parsePart(group.map(({ text }) => text).join(""), lineAt(xml, start + (group[0]?.index ?? 0)));
      }
    },
  };
}

type Cut = { readonly text: string; readonly index: number };

/** Takes whole elements of these names out of a text, in one walk over it. Throws QueueFileError where one has no end. */
function cutOut(text: string, names: readonly string[], firstLine: () => number) {
  const opening = new RegExp(`<(${names.join("|")})>`, "g");
  const elements: Cut[] = [];
  const rest: string[] = [];
  let at = 0;
  for (let found = opening.exec(text); found !== null; found = opening.exec(text)) {
    const closing = `</${found[1]}>`;
    const close = text.indexOf(closing, found.index);
    if (close === -1) throw new QueueFileError("damaged", firstLine());
    const end = close + closing.length;
    rest.push(text.slice(at, found.index));
    elements.push({ text: text.slice(found.index, end), index: found.index });
    opening.lastIndex = end;
    at = end;
  }
  rest.push(text.slice(at));
  return { rest: rest.join(""), elements };
}

/** Asked when something is wrong only. */
function lineAt(xml: string, index: number): () => number {
  return () => xml.slice(0, index).split("\n").length;
}
