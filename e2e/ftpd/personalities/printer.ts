import { knowing, type Personality, systemAs } from "../personality.ts";

/**
 * A print server: whatever is sent is printed. It keeps no files, so it knows no SIZE, no listing worth the name, and nothing that
 * changes files. Four connections.
 */
export const printer: Personality = {
  name: "a printer",
  witness:
    "HP Jetdirect, administrator's guide V.36, appendix on FTP printing: four control connections, any user, no files",
  greeting: "220 JD FTP Server Ready.",
  commands: knowing({
    without:
      "FEAT OPTS EPSV MLSD MLST LIST NLST MFMT SIZE MDTM DELE RMD MKD RNFR RNTO RETR REST APPE SITE STAT PWD ALLO",
    with: systemAs("UNIX"),
  }),
  unknown: ({ verb }) => (verb === "PWD" ? "500 Unknown command." : "502 Command not implemented."),
  words: {
    "USER 331": "331 Username Ok, send identity (email address) as password.",
    "PASS 230": [
      "230-Hewlett-Packard FTP Print Server Version 3.0",
      "230-Directory:   Description:",
      "230-PORT1        Print to port 1",
      "230-To print a file, use the command: put <filename> [portx]",
      "230 Ready",
    ].join("\r\n"),
    "STOR 150": "150 Opening data connection.",
    "* 226": "226 Transfer complete.",
  },
  ceiling: { sessions: 4, refusal: "421 Service not available, closing control connection." },
};
