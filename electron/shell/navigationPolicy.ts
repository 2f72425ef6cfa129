/** The part of Electron's WebContents that can lead a window astray. */
export type NavigatingContents = {
  on(
    event: "will-navigate" | "will-redirect" | "will-frame-navigate" | "will-attach-webview",
    listener: (event: Preventable) => void,
  ): unknown;
  setWindowOpenHandler(handler: () => { action: "deny" }): void;
};

type Preventable = { preventDefault(): void };

/**
 * A window of Portside shows Portside and nothing else: it goes nowhere, opens nothing, embeds nothing. A reload is not a
 * navigation in this sense and stays possible.
 */
export function forbidNavigation(contents: NavigatingContents): void {
  const prevent = (event: Preventable): void => event.preventDefault();
  contents.on("will-navigate", prevent);
  contents.on("will-redirect", prevent);
  contents.on("will-frame-navigate", prevent);
  contents.on("will-attach-webview", prevent);
  contents.setWindowOpenHandler(() => ({ action: "deny" }));
}
