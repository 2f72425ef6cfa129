import type { Reply } from "./replyParser.ts";

/** What FEAT (RFC 2389 §3) offers. Names in upper case, but for those that no command could have; the parameters as the server wrote them. */
export type Features = ReadonlyMap<string, string>;

/** null when the server does not know FEAT. A name offered on several lines ("AUTH TLS", "AUTH SSL") keeps all its parameters. */
export function parseFeatures(reply: Reply): Features | null {
  if (reply.code !== 211) return null;
  const features = new Map<string, string>();
  for (const line of reply.lines.slice(1, -1)) {
    const [, name, parameters = ""] = /^\s*(\S+)(?: (.*))?$/.exec(line) ?? [];
    if (name === undefined) continue;
    const key = /^[a-z][\w.-]*$/i.test(name) ? name.toUpperCase() : name;
    const known = features.get(key);
    features.set(key, known === undefined || known === "" ? parameters.trim() : `${known};${parameters.trim()}`);
  }
  return features;
}

/** REST before RETR and STOR (RFC 3659 §5). */
export function offersRestStream(features: Features): boolean {
  return /\bSTREAM\b/i.test(features.get("REST") ?? "");
}

/** The facts of MLSD (RFC 3659 §7.8): lower-case name → sent without asking. */
export function offeredFacts(features: Features): ReadonlyMap<string, boolean> {
  const facts = (features.get("MLST") ?? "").split(";").map((fact) => fact.trim());
  return new Map(
    facts
      .filter((fact) => fact !== "" && fact !== "*")
      .map((fact) => [fact.replace(/\*$/, "").toLowerCase(), fact.endsWith("*")]),
  );
}
