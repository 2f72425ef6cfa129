import { baseNameOfRemote, parentOfRemote } from "../../../../shared/models/remotePath.ts";

/**
 * How a server wants paths in commands. Inside Portside every path is joined by "/"; most servers take it as it is, OpenVMS and z/OS
 * have a spelling of their own. Nothing is asked and nothing is remembered: the spelling follows from the path alone.
 */
export type PathSpelling = {
  /** The folder the session began in, as a path of ours. */
  readonly startFolder: string;
  /** For CWD, MKD, RMD, MLSD. */
  readonly folder: (path: string) => string;
  /** For RETR, STOR, APPE, DELE, SIZE, MDTM and whatever else is about one file. */
  readonly file: (path: string) => string;
  /** For RNFR and RNTO, where a folder may be written otherwise than a file; `like`: the entry that tells which of the two it is. */
  readonly entry: (path: string, like: string) => string;
  /** There is no listing that shows this folder: it is there because it is named. */
  readonly isTop: (path: string) => boolean;
};

/** Chooses by what PWD (RFC 959 §4.1.3) and SYST answered: `DISK$USER:[DEMO.SUB]` is OpenVMS, `'DEMO.'` or a system "MVS" is z/OS. */
export function pathSpelling(workingFolder: string | null, system: string | null): PathSpelling {
  const onVms = /^(?<device>[^:[\]]+(?:::[^:[\]]+)?):\[(?<names>[^\]]*)\]$/.exec(workingFolder ?? "")?.groups;
  if (onVms !== undefined) return vmsPaths(onVms.device ?? "", onVms.names ?? "");
  const dataSet = /^'(?<name>[^']+)'$/.exec(workingFolder ?? "")?.groups?.name ?? null;
  if (dataSet !== null || /\bMVS\b/i.test(system ?? "")) return mvsPaths(dataSet, workingFolder);
  return {
    startFolder: unixFolder(workingFolder),
    folder: (path) => path,
    file: (path) => path,
    entry: (path) => path,
    isTop: (path) => path === "/",
  };
}

function unixFolder(workingFolder: string | null): string {
  return workingFolder?.startsWith("/") ? workingFolder : "/";
}

/**
 * OpenVMS: `/DEMO/SUB/README.TXT;1` is `DISK$USER:[DEMO.SUB]README.TXT;1`, and `/` the top of the disk the session began on, `[000000]`.
 * Another disk is named by a first part with a colon: `/DKA100:/DEMO`. A folder is the file `SUB.DIR;1` in its parent; a listing shows
 * files with their version and folders without, so an entry without a version is a folder.
 */
function vmsPaths(startDevice: string, startNames: string): PathSpelling {
  const split = (path: string) => {
    const [first = "", ...rest] = path.split("/").filter((name) => name !== "");
    const isDevice = first.endsWith(":");
    const names = (isDevice ? rest : [first, ...rest]).filter((name) => name !== "");
    return { device: isDevice ? first.slice(0, -1) : startDevice, names };
  };
  const folder = (path: string) => {
    const { device, names } = split(path);
    // ODS-5 disks allow a dot in a folder's name, written "^.".
    const joined = names.map((name) => name.replaceAll(".", "^.")).join(".");
    return `${device}:[${joined === "" ? "000000" : joined}]`;
  };
  const file = (path: string) => `${folder(parentOfRemote(path) ?? "/")}${baseNameOfRemote(path)}`;
  const names = startNames.split(/(?<!\^)\./).filter((name) => name !== "000000" && name !== "");
  return {
    startFolder: `/${names.map((name) => name.replaceAll("^.", ".")).join("/")}`,
    folder,
    file,
    entry: (path, like) => (baseNameOfRemote(like).includes(";") ? file(path) : `${file(path)}.DIR;1`),
    isTop: (path) => split(path).names.length === 0,
  };
}

/**
 * z/OS: data sets have names of qualifiers with dots, and no folders but the prefix all of some begin with; a partitioned one holds
 * members. `/DEMO./SOURCE.COBOL/MAIN` is `'DEMO.SOURCE.COBOL(MAIN)'`, and `/DEMO.` the prefix `'DEMO.'`: a first part that ends with a
 * dot leads to data sets, any other path to the Unix files.
 */
function mvsPaths(start: string | null, workingFolder: string | null): PathSpelling {
  const isDataSet = (path: string) => /^\/[A-Z$#@][A-Z0-9$#@.-]*\.(?:\/|$)/i.test(path);
  const joined = (path: string) => path.replaceAll("/", "");
  const file = (path: string) => {
    if (!isDataSet(path)) return path;
    const parent = joined(parentOfRemote(path) ?? "/");
    const name = baseNameOfRemote(path);
    return parent === "" || parent.endsWith(".") ? `'${parent}${name}'` : `'${parent}(${name})'`;
  };
  return {
    startFolder: start === null ? unixFolder(workingFolder) : dataSetFolder(start),
    folder: file,
    file,
    entry: file,
    isTop: (path) => path === "/" || (isDataSet(path) && path.endsWith(".")),
  };
}

/** "DEMO." is a prefix; of "DEMO.SOURCE.COBOL", a partitioned data set, the part before the last dot is one. */
function dataSetFolder(name: string): string {
  const dot = name.lastIndexOf(".");
  if (dot === name.length - 1) return `/${name}`;
  return dot === -1 ? `/${name}.` : `/${name.slice(0, dot + 1)}/${name.slice(dot + 1)}`;
}
