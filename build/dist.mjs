import { runOnNode24 } from "./node24.mjs";

await runOnNode24();
await import("./package/main.ts");
