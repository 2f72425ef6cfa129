// How Portside becomes an installable application. Libraries are inside the bundles, so no node_modules are shipped.
export default {
  appId: "invalid.portside.app",
  productName: "Portside",
  copyright: "Copyright © 2026 The Portside founders",
  directories: { output: "release", buildResources: "build/icons" },
  files: [
    "dist/electron/**",
    "dist/renderer/**",
    "package.json",
    "!**/*.map",
    "!dist/electron/browser-host.js",
    "!node_modules",
  ],
  asar: true,
  npmRebuild: false, // nothing native
  publish: null, // no update feed yet
  icon: "build/icons/icon.png",

  // Links open the quick connect bar filled in; nothing connects by itself.
  protocols: [{ name: "FTP", schemes: ["ftp", "ftps", "ftpes"], role: "Viewer" }],

  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    onlyLoadAppFromAsar: true,
    enableEmbeddedAsarIntegrityValidation: true,
    grantFileProtocolExtraPrivileges: false,
  },

  linux: {
    target: ["AppImage", "deb", "rpm"],
    category: "Network",
    executableName: "portside",
    syncDesktopName: true,
    synopsis: "FTP client",
    desktop: { entry: { Keywords: "ftp;ftps;upload;download;transfer;" } },
  },
  mac: { target: ["dmg", "zip"], category: "public.app-category.utilities", hardenedRuntime: true },
  win: { target: ["nsis"] },
  nsis: { oneClick: false, perMachine: false, allowToChangeInstallationDirectory: true },
};
