import type { ErrorKind } from "../../../shared/errors/errorKind.ts";

/** One sentence for what happened and one for the way out, per kind. A new kind does not compile until someone finds its words. */
export const errors = {
  "host-not-found": {
    title: "The server’s name could not be found.",
    wayOut: "Check the host for typing mistakes and that this computer is online, then connect again.",
  },
  "connection-refused": {
    title: "The server refused the connection.",
    wayOut: "Check the port, and that an FTP server is running there, then connect again.",
  },
  "connection-timeout": {
    title: "The server did not answer in time.",
    wayOut: "Check the host and port, and that no firewall stands in between, then try again.",
  },
  "connection-lost": {
    title: "The connection was lost.",
    wayOut: "Check the network, then press Retry.",
  },
  "proxy-failed": {
    title: "The proxy did not let the connection through.",
    wayOut: "Check the proxy in the settings, and that it may reach this server, then try again.",
  },
  "proxy-login-rejected": {
    title: "The proxy did not accept your user name or password.",
    wayOut: "Check the proxy’s login in the settings, then connect again.",
  },
  "tls-failed": {
    title: "A secure connection could not be set up.",
    wayOut:
      "Try another encryption setting for this site, or ask the server’s administrator which TLS versions it accepts.",
  },
  "certificate-untrusted": {
    title: "The server’s certificate is not trusted.",
    wayOut: "Connect again and look at the certificate; trust it only if its fingerprint is the one you expect.",
  },
  "encryption-refused": {
    title: "The server does not offer the encryption this site asks for.",
    wayOut: "Choose another encryption in the site’s settings. Plain FTP sends the password readable by others.",
  },
  "login-rejected": {
    title: "The server did not accept the user name or password.",
    wayOut: "Check both, then connect again.",
  },
  "account-required": {
    title: "The server asks for an account name as well.",
    wayOut: "Set the logon type to Account in the site manager and enter it there.",
  },
  "too-many-connections": {
    title: "The server allows no more connections.",
    wayOut: "Wait a moment, or lower the session limit of this site, then try again.",
  },
  "service-unavailable": {
    title: "The server is not available right now.",
    wayOut: "Wait a moment, then try again.",
  },
  "not-found": {
    title: "This file or folder does not exist.",
    wayOut: "It may have been moved or deleted. Refresh the folder to see what is there now.",
  },
  "permission-denied": {
    title: "The server does not permit this.",
    wayOut: "Use an account that may do it, or ask the owner to change the permissions.",
  },
  "already-exists": {
    title: "Something with this name is already there.",
    wayOut: "Choose another name, or remove the other one first.",
  },
  "not-a-directory": {
    title: "This is not a folder.",
    wayOut: "Go to the folder that holds it.",
  },
  "directory-not-empty": {
    title: "The folder is not empty.",
    wayOut: "Delete what it holds first. Hidden files count too.",
  },
  "name-not-allowed": {
    title: "This name is not allowed there.",
    wayOut: "Choose a name without special characters, then try again.",
  },
  "remote-full": {
    title: "The server is full, or your quota is used up.",
    wayOut: "Free some space there, then press Retry.",
  },
  "local-full": {
    title: "The disk of this computer is full.",
    wayOut: "Free some space here, then press Retry.",
  },
  "local-not-found": {
    title: "This file or folder is not on this computer.",
    wayOut: "It may have been moved or deleted. Refresh the folder to see what is there now.",
  },
  "local-permission": {
    title: "This computer does not let Portside do that.",
    wayOut: "Change the file’s permissions, or choose another folder.",
  },
  "local-changed": {
    title: "The file changed while it was being transferred.",
    wayOut: "Press Retry once it no longer changes.",
  },
  "local-busy": {
    title: "This computer could not open the file just now.",
    wayOut: "Close programs that use the file, or that have many files open, then press Retry.",
  },
  "local-disk-failed": {
    title: "The disk of this computer reported a fault.",
    wayOut: "Check that the disk or network drive is connected, sound and not write-protected, then press Retry.",
  },
  "data-connection-failed": {
    title: "The connection for the data could not be opened.",
    wayOut: "A firewall may be in between. Try again, or try another network.",
  },
  "transfer-aborted": {
    title: "The server broke the transfer off.",
    wayOut: "Press Retry to go on from where it stopped.",
  },
  incomplete: {
    title: "Not everything arrived.",
    wayOut: "Press Retry to fetch the rest.",
  },
  "verification-failed": {
    title: "What arrived is not what was sent.",
    wayOut: "Press Retry to transfer it from the beginning. If it happens again, the line or a disk is damaged.",
  },
  "resume-refused": {
    title: "The server cannot go on in the middle of this file.",
    wayOut: "Press Retry to transfer it from the beginning.",
  },
  busy: {
    title: "The file is in use on the server.",
    wayOut: "Wait a moment, then press Retry.",
  },
  "unsupported-command": {
    title: "The server does not know how to do this.",
    wayOut: "Do it another way, or ask the server’s administrator.",
  },
  "malformed-reply": {
    title: "The server answered in a way that is not FTP.",
    wayOut: "Check that the port belongs to an FTP server. The log shows what it said.",
  },
  "malformed-listing": {
    title: "The server’s list of files could not be read.",
    wayOut: "The log shows what it sent. Please report it, so that Portside learns this server’s format.",
  },
  "unexpected-reply": {
    title: "The server gave an unexpected answer.",
    wayOut: "Try again. The log shows the whole conversation.",
  },
  cancelled: {
    title: "This was cancelled.",
    wayOut: "Start it again whenever you like.",
  },
  "invalid-input": {
    title: "Portside cannot work with this input.",
    wayOut: "Correct it, then try again.",
  },
  internal: {
    title: "Something went wrong inside Portside.",
    wayOut: "Try again. If it happens once more, please report it with the details below.",
  },
} as const satisfies Record<ErrorKind, { title: string; wayOut: string }>;
