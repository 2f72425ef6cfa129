import { hashTree } from "../support/trees.ts";

/** By the bytes on both disks, nothing that the engine says. Throws with the first names that differ. */
export async function expectSameTree(source: string, target: string, what: string): Promise<void> {
  const [expected, got] = await Promise.all([hashTree(source), hashTree(target)]);
  const names = new Set([...Object.keys(expected), ...Object.keys(got)]);
  const wrong = [...names].filter((path) => expected[path] !== got[path]);
  if (wrong.length > 0) throw new Error(`${wrong.length} ${what} files differ: ${wrong.slice(0, 5).join(", ")}`);
}
