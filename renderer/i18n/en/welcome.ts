/** The empty remote pane. */
export const welcome = {
  title: "Where to?",
  text: "Connect to a server, and its files appear here.",
  connect: "Connect to a server",
  connectText: "Type a host or an address such as ftp://example.com above.",
  sites: "Open the site manager",
  sitesText: "Save servers you use often, with their folders and passwords.",
  demo: "Try the demo server",
  demoText: "A small server inside Portside with sample files. Nothing leaves this computer.",
  demoStarting: "Starting the demo server…",
} as const;
