// The thread behind wholeFileDisk.ts: it does what comes in the order it comes, and answers a batch with a batch.
import { parentPort } from "node:worker_threads";
import { toWireError } from "../../../shared/errors/appError.ts";
import { rememberFolderPlacesInThread } from "./folderPlaces.ts";
import type { DiskAnswer, DiskTask } from "./wholeFileDisk.ts";
import { findFreePlace, putFile, takeFile } from "./wholeFiles.ts";

const places = rememberFolderPlacesInThread(Date.now);

parentPort?.on("message", (tasks: readonly DiskTask[]) => {
  parentPort?.postMessage(tasks.map(answer));
});
parentPort?.postMessage("up");

function answer(task: DiskTask): DiskAnswer {
  try {
    return { result: perform(task) };
  } catch (error) {
    return { error: toWireError(error) };
  }
}

function perform(task: DiskTask) {
  switch (task.do) {
    case "findFreePlace":
      return findFreePlace(task.target);
    case "put":
      return putFile(task.arrival, places);
    case "take":
      return takeFile(task.path);
  }
}
