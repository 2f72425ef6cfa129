import { isOurUrl } from "./appProtocol.ts";

type Frame = { readonly url: string };

/** True when a message comes from the window's own top frame showing our own page. A frame may be gone by the time we look. */
export function isOurFrame(sender: Frame | null, mainFrame: Frame | null): boolean {
  return sender !== null && sender === mainFrame && isOurUrl(sender.url);
}
