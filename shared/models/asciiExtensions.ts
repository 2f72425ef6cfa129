/** What is text by its name where nothing else was set: the list that users of FTP clients know. */
export const defaultAsciiExtensions: readonly string[] = (
  "ac am asp bat c cfm cgi conf cpp css dhtml diff diz h hpp htm html in inc java js jsp lua m4 mak md5 nfo nsh nsi pas patch pem " +
  "php phtml pl po pot py qmail sh sha1 sha256 sha512 shtml sql svg tcl tpl txt vbs xhtml xml xrc"
).split(" ");
