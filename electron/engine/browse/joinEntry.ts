import { AppError } from "../../../shared/errors/appError.ts";
import { joinRemote } from "../../../shared/models/remotePath.ts";

/** One entry of a remote folder. A name that leads anywhere else never reaches a command. */
export function joinEntry(folder: string, wireName: string): string {
  const isPlain = wireName !== "" && wireName !== "." && wireName !== ".." && !/[/\0]/.test(wireName);
  if (!isPlain) throw new AppError("invalid-input", "This is not the name of one entry");
  return joinRemote(folder, wireName);
}
