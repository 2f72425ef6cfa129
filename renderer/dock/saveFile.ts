/** Hands a file to the user: the browser saves it, the desktop asks where to. */
export function saveFile(bytes: Blob, name: string): void {
  const address = URL.createObjectURL(bytes);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), keptMs);
}

const keptMs = 60_000; // the download begins at once, but reads while it lasts
