/** Remembers what this process holds open. The returned check throws when sockets or timers have come to that and stayed; else it gives 0. */
export function watchLeaks(): () => Promise<number> {
  const before = process.getActiveResourcesInfo().length;
  return async () => {
    await new Promise((resolve) => setTimeout(resolve, 200)); // sockets that are closed need a moment to go
    const left = process.getActiveResourcesInfo();
    if (left.length > before) throw new Error(`Left open: ${left.join(", ")}`);
    return 0;
  };
}
