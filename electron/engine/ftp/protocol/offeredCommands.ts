import type { Features } from "./features.ts";
import type { Reply } from "./replyParser.ts";

export type OfferSources = { readonly help: Reply; readonly siteHelp: Reply; readonly features: Features };

/**
 * The commands a server names in its answers to HELP, SITE HELP (RFC 959 §4.1.3) and FEAT (RFC 2389), sorted. Answers to HELP are written
 * for people; what all servers have in common is that commands stand there in capitals, and those marked "*" are not implemented.
 */
export function readOfferedCommands({ help, siteHelp, features }: OfferSources): readonly string[] {
  const site = wordsOf(siteHelp).map((word) => `SITE ${word}`);
  const offered = new Set([...wordsOf(help), ...featureCommands(features), ...site]);
  return [...(offered.size === 0 ? rfc959 : offered)].sort();
}

/** Without any answer: what every server is bound to know. RFC 959 §5.1, with what nobody leaves out. */
const rfc959 = "CWD CDUP DELE HELP LIST MKD NLST NOOP PWD RMD RNFR RNTO SITE STAT SYST".split(" ");

/** Feature names that are no commands, and what they stand for. RFC 3659 §7.8: MLST offers MLSD too. */
const featureMeans: Readonly<Record<string, readonly string[]>> = {
  MLST: ["MLST", "MLSD"],
  UTF8: [],
  TVFS: [],
};

function featureCommands(features: Features): readonly string[] {
  return [...features.keys()].flatMap((name) => featureMeans[name] ?? (isCommandWord(name) ? [name] : []));
}

function wordsOf({ code, lines }: Reply): readonly string[] {
  if (code >= 400) return [];
  // vsftpd answers SITE HELP in one line, "214 CHMOD UMASK HELP"; else the first and last line are sentences.
  const listed = lines.length === 1 ? lines : lines.slice(1, -1);
  return listed.flatMap((line) => {
    const words = line.trim().split(/[\s,]+/);
    // ProFTPD: " CHMOD <sp> mode <sp> pathname": one command with its syntax.
    return (line.includes("<") ? words.slice(0, 1) : words).filter(isCommandWord);
  });
}

function isCommandWord(word: string): boolean {
  return /^[A-Z][A-Z0-9]{1,11}$/.test(word);
}
