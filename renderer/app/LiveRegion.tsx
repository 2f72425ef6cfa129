import { useUiStore } from "../stores/uiStore.ts";

/** Says what happened to those who do not see it. A new key makes the same sentence heard twice. */
export function LiveRegion() {
  const spoken = useUiStore((state) => state.spoken);
  const spokenId = useUiStore((state) => state.spokenId);
  return (
    <div role="status" aria-live="polite" className="visually-hidden">
      <span key={spokenId}>{spoken}</span>
    </div>
  );
}
