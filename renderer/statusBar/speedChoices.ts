const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;
const common = [0, 100 * kibibyte, 500 * kibibyte, mebibyte, 5 * mebibyte, 10 * mebibyte, 50 * mebibyte];

/** Figures to choose from in bytes per second, with the present one among them; 0, no limit, first. */
export function speedChoices(present: number): readonly number[] {
  return [...new Set([...common, present])].sort((a, b) => a - b);
}
