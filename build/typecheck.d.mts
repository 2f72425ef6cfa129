export declare const habitats: readonly string[];
