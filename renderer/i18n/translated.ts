/**
 * The shape a translation must have: every English key, as text. The English singular ("…_one") is left out: Chinese has one plural
 * form only. A missing key does not compile, a misspelt one neither.
 */
export type Translated<T> = {
  readonly [K in keyof T as K extends `${string}_one` ? never : K]: T[K] extends string ? string : Translated<T[K]>;
};
