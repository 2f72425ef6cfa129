/** Names for sessions in the log: "browse 1", "transfer 2". The lowest free number is taken, so that names stay few and short. */
export type Labels = {
  readonly take: (kind: "browse" | "transfer") => string;
  readonly giveBack: (label: string) => void;
};

export function createLabels(): Labels {
  const taken = new Set<string>();
  return {
    take: (kind) => {
      let number = 1;
      while (taken.has(`${kind} ${number}`)) number++;
      const label = `${kind} ${number}`;
      taken.add(label);
      return label;
    },
    giveBack: (label) => {
      taken.delete(label);
    },
  };
}
