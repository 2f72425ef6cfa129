import type { CommandContext, CommandRule } from "../../../electron/engine/demo/commandTable.ts";
import { Refusal } from "../../../electron/engine/demo/reply.ts";
import { sendLines } from "../../../electron/engine/demo/transferCommands.ts";
import type { VirtualEntry } from "../../../electron/engine/demo/virtualFiles.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

export type ListingWriter = (entries: readonly VirtualEntry[], context: CommandContext) => readonly string[];

/** LIST of the folder one stands in, written by `write`. An argument is not understood, as on the servers played here. */
export function listingBy(write: ListingWriter): CommandRule {
  return {
    argument: "optional",
    run: async (context, argument) => {
      if (argument !== "" && !argument.startsWith("-")) throw new Refusal(550, "No such file or folder.");
      const { folder } = context.state;
      return sendLines(context, "LIST", folder, write(await entriesOf(context, folder), context));
    },
  };
}

/** What lies in a folder, by name. */
export async function entriesOf({ files }: CommandContext, folder: string): Promise<readonly VirtualEntry[]> {
  const entries: VirtualEntry[] = [];
  for await (const entry of files.list(folder)) entries.push(entry);
  return entries.sort((one, other) => (one.name < other.name ? -1 : 1));
}

/** "-rw-rw-rw-   1 user     group        4161 Sep 27 22:28 name"; a year in place of the time when half a year has passed. */
export function unixLines(owner: string, group: string): ListingWriter {
  return (entries, { clock }) =>
    entries.map(({ name, stats }) => {
      const kind = stats.isDirectory() ? "drwxrwxrwx" : "-rw-rw-rw-";
      const size = String(stats.isDirectory() ? 0 : stats.size).padStart(10);
      const time = new Date(stats.mtimeMs);
      const isNear = clock.now() - stats.mtimeMs < 180 * 24 * 60 * 60 * 1000;
      const clockOrYear = isNear ? time.toISOString().slice(11, 16) : ` ${time.getUTCFullYear()}`;
      const day = `${months[time.getUTCMonth()]} ${String(time.getUTCDate()).padStart(2)}`;
      return `${kind}   1 ${owner.padEnd(8)} ${group.padEnd(8)} ${size} ${day} ${clockOrYear} ${name}`;
    });
}

/** "04-27-20  12:09PM       <DIR>          pub", "04-27-20  12:09PM                 4161 name". */
export const dosLines: ListingWriter = (entries) =>
  entries.map(({ name, stats }) => {
    const time = new Date(stats.mtimeMs);
    const [year, month, day] = time.toISOString().slice(2, 10).split("-");
    const hour = time.getUTCHours();
    const clock = `${two(hour % 12 === 0 ? 12 : hour % 12)}:${two(time.getUTCMinutes())}${hour < 12 ? "AM" : "PM"}`;
    const what = stats.isDirectory() ? "      <DIR>         " : String(stats.size).padStart(20);
    return `${month}-${day}-${year}  ${clock} ${what} ${name}`;
  });

/** "README.TXT;1              2/9           2-JUN-1998 07:32:04  [GROUP,OWNER]    (RWED,RWED,RWED,RE)"; a long name has its own line. */
export function vmsLines(directory: (folder: string) => string): ListingWriter {
  return (entries, { state }) => {
    const lines = entries.flatMap(({ name, stats }) => {
      const shown = stats.isDirectory() ? `${name}.DIR;1` : name;
      const blocks = Math.ceil(stats.size / 512);
      const time = new Date(stats.mtimeMs);
      const date = `${time.getUTCDate()}-${months[time.getUTCMonth()]?.toUpperCase()}-${time.getUTCFullYear()}`;
      const columns = `${`${blocks}/${Math.ceil(blocks / 9) * 9}`.padEnd(12)} ${date.padStart(11)} ${time.toISOString().slice(11, 19)}  [DEMO]             (RWED,RWED,RE,)`;
      return shown.length < 25 ? [`${shown.padEnd(25)} ${columns}`] : [shown, `${" ".repeat(26)}${columns}`];
    });
    return [`Directory ${directory(state.folder)}`, "", ...lines, "", `Total of ${entries.length} files.`];
  };
}

export function two(number: number): string {
  return String(number).padStart(2, "0");
}
