import { expect, test } from "vitest";
import type { FolderNews } from "../../../shared/contract/browse.ts";
import { AppError } from "../../../shared/errors/appError.ts";
import type { Entry } from "../../../shared/models/entry.ts";
import { localPlace, type Place } from "../../../shared/models/place.ts";
import { joinRemote, parentOfRemote } from "../../../shared/models/remotePath.ts";
import { createFakeClock, settle } from "../util/testing/fakeClock.ts";
import type { EntrySink, FolderReader } from "./folderReader.ts";
import { createFolderWatch } from "./folderWatch.ts";

const never = new AbortController().signal;
const remote: Place = { side: "remote", connectionId: "c" };

type Reading = {
  readonly path: string;
  readonly sink: EntrySink;
  readonly signal: AbortSignal;
  /** Adds entries, then ends. */
  readonly end: (...names: string[]) => Promise<void>;
  readonly fail: (kind: AppError["kind"]) => Promise<void>;
};

/** A watch over a place whose readings the test ends by hand. */
function setUp({ isWorthKeeping = true } = {}) {
  const eyes = { read: (wireName: string) => wireName };
  const clock = createFakeClock(1_000_000);
  const readings: Reading[] = [];
  const diskWatches = new Map<string, () => void>();
  const reader: FolderReader = {
    displayPath: (path) => `shown ${eyes.read(path)}`,
    crumbs: (path) => [{ label: path, path }],
    parentOf: parentOfRemote,
    readAnew: (entry) => ({ ...entry, name: eyes.read(entry.wireName) }),
    join: joinRemote,
    isWorthKeeping,
    watch: (path, changed) => {
      diskWatches.set(path, changed);
      return () => diskWatches.delete(path);
    },
    read: (path, sink, signal) =>
      new Promise((resolve, reject) => {
        const breakOff = (kind: AppError["kind"]) => reject(new AppError(kind, kind));
        signal.addEventListener("abort", () => breakOff("cancelled"));
        const end = async (...names: string[]) => {
          if (names.length > 0) sink.add(names.map(entry));
          resolve();
          await settle();
        };
        const fail = async (kind: AppError["kind"]) => {
          breakOff(kind);
          await settle();
        };
        readings.push({ path, sink, signal, end, fail });
      }),
  };
  const folders = createFolderWatch({ readerOf: () => reader, clock });
  const watch = async (path: string, place: Place = remote) => {
    const news: FolderNews[] = [];
    const stop = folders.watch(place, path, (item) => news.push(item));
    await settle();
    return { news, stop, text: () => news.map(draw).join(" ") };
  };
  return { clock, folders, readings, watch, diskWatches, eyes };
}

function entry(name: string): Entry {
  return {
    name,
    wireName: name,
    type: name.endsWith("/") ? "directory" : "file",
    size: 1,
    modifiedMs: 0,
    modifiedPrecision: "second",
    permissions: null,
    owner: null,
    group: null,
    linkTarget: null,
  };
}

/** "begin1 rows1(a,b) end1" */
function draw(news: FolderNews): string {
  if (news.state === "rows") return `rows${news.revision}(${news.columns.names.join(",")})`;
  if (news.state === "error") return `error${news.revision}(${news.error.kind})`;
  return `${news.state}${news.revision}`;
}

test("a folder begins at once, shows rows as they arrive, and ends", async () => {
  const { readings, watch } = setUp();
  const { news, text } = await watch("/a");
  expect(news).toEqual([
    {
      state: "begin",
      revision: 1,
      path: "/a",
      displayPath: "shown /a",
      crumbs: [{ label: "/a", path: "/a" }],
      parentPath: "/",
    },
  ]);
  readings[0]?.sink.add([entry("x")]);
  expect(text()).toBe("begin1 rows1(x)");
  await readings[0]?.end("y");
  expect(text()).toBe("begin1 rows1(x) rows1(y) end1");
});

test("rows come in batches of at most 2,000", async () => {
  const { readings, watch } = setUp();
  const { news } = await watch("/a");
  await readings[0]?.end(...Array.from({ length: 4_500 }, (_, index) => `f${index}`));
  const sizes = news.flatMap((item) => (item.state === "rows" ? [item.columns.names.length] : []));
  expect(sizes).toEqual([2_000, 2_000, 500]);
});

test("a second watcher joins the reading that runs and misses nothing", async () => {
  const { readings, watch } = setUp();
  const first = await watch("/a");
  readings[0]?.sink.add([entry("x")]);
  const second = await watch("/a");
  await readings[0]?.end("y");
  expect([readings.length, first.text(), second.text()]).toEqual([
    1,
    "begin1 rows1(x) rows1(y) end1",
    "begin1 rows1(x) rows1(y) end1",
  ]);
});

test("a folder that cannot be read ends in an error, and refreshing tries again", async () => {
  const { readings, watch, folders } = setUp();
  const { text } = await watch("/a");
  await readings[0]?.fail("permission-denied");
  expect(text()).toBe("begin1 begin2 error2(permission-denied)");
  const refreshed = folders.refresh(remote, "/a", never);
  await settle();
  await readings[1]?.end("x");
  await refreshed;
  expect(text()).toBe("begin1 begin2 error2(permission-denied) begin3 rows3(x) end3");
});

test("a refresh that finds the same says nothing; one that finds a change shows it at once", async () => {
  const { readings, watch, folders } = setUp();
  const { text } = await watch("/a");
  await readings[0]?.end("x");
  const same = folders.refresh(remote, "/a", never);
  await settle();
  await readings[1]?.end("x");
  await same;
  expect(text()).toBe("begin1 rows1(x) end1");
  const changed = folders.refresh(remote, "/a", never);
  await settle();
  await readings[2]?.end("x", "y");
  await changed;
  expect(text()).toBe("begin1 rows1(x) end1 begin2 rows2(x,y) end2");
});

test("a refresh during a reading waits for it and reads once more", async () => {
  const { readings, watch, folders } = setUp();
  await watch("/a");
  let isDone = false;
  const refreshed = folders.refresh(remote, "/a", never).then(() => {
    isDone = true;
  });
  await settle();
  await readings[0]?.end("x");
  expect([readings.length, isDone]).toEqual([2, false]);
  await readings[1]?.end("x");
  await refreshed;
});

test("a silent reading that breaks with its connection leaves the rows on screen", async () => {
  const { readings, watch, folders } = setUp();
  const { text } = await watch("/a");
  await readings[0]?.end("x");
  const rejected = expect(folders.refresh(remote, "/a", never)).rejects.toMatchObject({ kind: "connection-lost" });
  await settle();
  await readings[1]?.fail("connection-lost");
  await rejected;
  expect(text()).toBe("begin1 rows1(x) end1");
});

test("a silent reading that fails for a passing reason is tried again, ever later, and not for ever", async () => {
  const { clock, folders, readings, watch } = setUp();
  const { text } = await watch("/");
  await readings[0]?.end("a");
  folders.touch(remote, "/");
  for (let count = 1; count <= 6; count++) {
    await clock.advance(60_000);
    await readings[count]?.fail("data-connection-failed");
  }
  await clock.advance(600_000);
  expect(readings).toHaveLength(6); // the first, the one that failed, four more
  folders.touch(remote, "/");
  await clock.advance(60_000);
  await readings[6]?.end("a", "b");
  expect(text()).toBe("begin1 rows1(a) end1 begin2 rows2(a,b) end2");
});

test("a folder that is gone when it is read again says so", async () => {
  const { readings, watch, folders, clock } = setUp();
  const { text } = await watch("/a");
  await readings[0]?.end("x");
  folders.touch(remote, "/a");
  await clock.pass(1_000);
  await readings[1]?.fail("not-found");
  expect(text()).toBe("begin1 rows1(x) end1 begin2 error2(not-found)");
});

test("a reading that begins anew after a reconnect empties what it had shown", async () => {
  const { readings, watch } = setUp();
  const { text } = await watch("/a");
  readings[0]?.sink.add([entry("half")]);
  readings[0]?.sink.restart();
  await readings[0]?.end("x");
  expect(text()).toBe("begin1 rows1(half) begin2 rows2(x) end2");
});

test("a kept listing is shown again without asking the server, until it is ten minutes old", async () => {
  const { readings, watch, clock } = setUp();
  const first = await watch("/a");
  await readings[0]?.end("x");
  first.stop();
  await clock.pass(599_999);
  const second = await watch("/a");
  expect([second.text(), readings.length]).toEqual(["begin1 rows1(x) end1", 1]);
  second.stop();
  await clock.pass(1);
  const third = await watch("/a");
  expect([third.text(), readings.length]).toEqual(["begin2", 2]);
});

test("a place not worth keeping is read again each time", async () => {
  const { readings, watch } = setUp({ isWorthKeeping: false });
  const first = await watch("/a", localPlace);
  await readings[0]?.end("x");
  first.stop();
  await watch("/a", localPlace);
  expect(readings).toHaveLength(2);
});

test("many changes in a row make few readings, half a second apart", async () => {
  const { readings, watch, folders, clock } = setUp();
  await watch("/a");
  await readings[0]?.end("x");
  for (let step = 0; step < 300; step++) {
    folders.touch(remote, "/a");
    await clock.pass(10);
    await readings.at(-1)?.end("x");
  }
  expect(readings.length - 1).toBeGreaterThanOrEqual(5);
  expect(readings.length - 1).toBeLessThanOrEqual(7); // 3 s of changes
});

test("a slow listing is not repeated more often than a third of the time", async () => {
  const { readings, watch, folders, clock } = setUp();
  await watch("/a");
  await clock.pass(4_000);
  await readings[0]?.end("x");
  folders.touch(remote, "/a");
  await clock.pass(7_900);
  expect(readings).toHaveLength(1);
  await clock.pass(200);
  expect(readings).toHaveLength(2);
});

test("a change during a reading makes one more", async () => {
  const { readings, watch, folders, clock } = setUp();
  const { text } = await watch("/a");
  folders.touch(remote, "/a");
  await clock.pass(200);
  await readings[0]?.end("x");
  await clock.pass(1_000);
  await readings[1]?.end("x", "y");
  expect(text()).toBe("begin1 rows1(x) end1 begin2 rows2(x,y) end2");
});

test("a change of a folder nobody looks at forgets its listing and asks nobody", async () => {
  const { readings, watch, folders, clock } = setUp();
  const first = await watch("/a");
  await readings[0]?.end("x");
  first.stop();
  folders.touch(remote, "/a");
  await clock.pass(5_000);
  expect(readings).toHaveLength(1);
  await watch("/a");
  expect(readings).toHaveLength(2);
});

test("the disk's own news make a reading", async () => {
  const { readings, watch, diskWatches, clock } = setUp();
  const { text, stop } = await watch("/a", localPlace);
  await readings[0]?.end("x");
  await clock.pass(2_000);
  diskWatches.get("/a")?.();
  await clock.pass(200);
  await readings[1]?.end();
  expect(text()).toBe("begin1 rows1(x) end1 begin2 end2");
  stop();
  expect([diskWatches.size, clock.timers()]).toEqual([0, 0]);
});

test("a reading nobody waits for any more is given up after a moment; who comes back in time keeps it", async () => {
  const { readings, watch, clock } = setUp();
  const first = await watch("/a");
  first.stop();
  await clock.pass(200);
  const second = await watch("/a");
  await clock.pass(1_000);
  expect(readings[0]?.signal.aborted).toBe(false);
  second.stop();
  await clock.pass(250);
  expect([readings[0]?.signal.aborted, readings.length, clock.timers()]).toEqual([true, 1, 0]);
});

test("sub-folders come from the kept listing, or share the reading that runs", async () => {
  const { readings, watch, folders } = setUp();
  await watch("/a");
  const joined = folders.subfolders(remote, "/a", never);
  await settle();
  await readings[0]?.end("x", "dir/", "other/");
  const expected = [
    { name: "dir/", path: "/a/dir/" },
    { name: "other/", path: "/a/other/" },
  ];
  expect([await joined, await folders.subfolders(remote, "/a", never), readings.length]).toEqual([
    expected,
    expected,
    1,
  ]);
});

test("sub-folders of a folder that cannot be read reject with its reason", async () => {
  const { readings, folders } = setUp();
  const answer = folders.subfolders(remote, "/a", never);
  const rejected = expect(answer).rejects.toMatchObject({ kind: "not-found" });
  await settle();
  await readings[0]?.fail("not-found");
  await rejected;
});

test("after a reconnect, what is on screen is read again and what was kept is forgotten", async () => {
  const { readings, watch, folders, clock } = setUp();
  const kept = await watch("/kept");
  await readings[0]?.end("x");
  kept.stop();
  const broken = await watch("/a");
  await readings[1]?.fail("connection-lost");
  folders.recover("c");
  await clock.pass(1_000);
  await readings[2]?.end("y");
  expect([readings[2]?.path, broken.text()]).toEqual([
    "/a",
    "begin1 begin2 error2(connection-lost) begin3 rows3(y) end3",
  ]);
  await watch("/kept");
  expect(readings[3]?.path).toBe("/kept");
});

test("when a connection is closed, who looks at its folders is told once, and its readings stop", async () => {
  const { readings, watch, folders } = setUp();
  const { text } = await watch("/a");
  folders.forget("c");
  await settle();
  expect([readings[0]?.signal.aborted, text()]).toEqual([true, "begin1 begin2 error2(connection-lost)"]);
  expect(folders.isWatched("c")).toBe(false);
});

test("no more than 200 folders are kept, the longest unused go first", async () => {
  const { readings, watch } = setUp();
  for (let index = 0; index < 201; index++) {
    const { stop } = await watch(`/${index}`);
    await readings.at(-1)?.end("x");
    stop();
  }
  await watch("/1");
  expect(readings).toHaveLength(201);
  await watch("/0");
  expect(readings).toHaveLength(202);
});

test("closing stops readings and timers, and tells nobody", async () => {
  const { readings, watch, folders, clock } = setUp();
  const { text } = await watch("/a");
  await readings[0]?.end("x");
  folders.touch(remote, "/a");
  await watch("/b");
  folders.close();
  await settle();
  expect([text(), readings[1]?.signal.aborted, clock.timers()]).toEqual(["begin1 rows1(x) end1", true, 0]);
});

test("names are read anew at once, without another reading", async () => {
  const { folders, readings, watch, clock, eyes } = setUp();
  const { news, text } = await watch("/a");
  await readings[0]?.end("x", "y");
  eyes.read = (wireName) => wireName.toUpperCase();
  folders.readAnew("c");
  folders.readAnew("another");
  expect(text()).toBe("begin1 rows1(x,y) end1 begin2 rows2(X,Y) end2");
  expect(news[3]).toMatchObject({ displayPath: "shown /A", path: "/a" });
  await clock.pass(60_000);
  expect(readings).toHaveLength(1);
  expect((await watch("/a")).text()).toBe("begin2 rows2(X,Y) end2");
});

test("names are read anew while they still arrive, and a folder that could not be read stays so", async () => {
  const { folders, readings, watch, eyes } = setUp();
  const [arriving, failed] = [await watch("/a"), await watch("/b")];
  await readings[1]?.fail("permission-denied");
  readings[0]?.sink.add([entry("x")]);
  eyes.read = (wireName) => wireName.toUpperCase();
  folders.readAnew("c");
  await readings[0]?.end("y");
  expect(arriving.text()).toBe("begin1 rows1(x) begin2 rows2(X) rows2(y) end2");
  expect(failed.text()).toBe("begin1 begin2 error2(permission-denied) begin3 error3(permission-denied)");
  expect(readings).toHaveLength(2);
});

test("owners are asked for once more: their bytes are not kept", async () => {
  const { folders, readings, watch, clock } = setUp();
  await watch("/a");
  readings[0]?.sink.add([{ ...entry("x"), owner: "\ufffd" }]);
  await readings[0]?.end();
  folders.readAnew("c");
  await clock.pass(60_000);
  expect(readings).toHaveLength(2);
});
