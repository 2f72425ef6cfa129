/** Questions that wait for the user. */
export function PromptCards() {
  return null;
}
