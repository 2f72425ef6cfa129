export declare const root: string;
export declare function runOnNode24(): Promise<void>;
export declare function findPinnedNode(folder?: string, platform?: NodeJS.Platform, arch?: string): string | null;
