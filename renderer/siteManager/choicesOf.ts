/** Options in the order of their words. */
export function choicesOf<V extends string, W>(
  words: Readonly<Record<V, W>>,
  t: (word: W) => string,
): readonly { readonly value: V; readonly label: string }[] {
  return (Object.keys(words) as V[]).map((value) => ({ value, label: t(words[value]) }));
}
