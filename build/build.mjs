import { runOnNode24 } from "./node24.mjs";

await runOnNode24();
const { bundle } = await import("./bundle.ts");
console.log(`Built dist/ in ${((await bundle()) / 1000).toFixed(1)} s.`);
