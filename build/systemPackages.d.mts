type Say = (line: string) => void;

export declare const testPackages: readonly string[];
export declare const filezillaPackages: readonly string[];
export declare const serverPackages: {
  readonly [server in "vsftpd" | "proftpd" | "pureFtpd" | "pyftpdlib" | "gnuFtpd"]: readonly string[];
};
export declare function ensureSystemPackages(names: readonly string[], say?: Say): Promise<void>;
export declare function unpackPackages(names: readonly string[], folder: string, say?: Say): Promise<void>;
export declare function rootPrefix(): Promise<readonly string[] | null>;
export declare function findCommand(name: string): Promise<string | null>;
