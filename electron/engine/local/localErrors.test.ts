import { mkdir, mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { AppError } from "../../../shared/errors/appError.ts";
import type { ErrorKind } from "../../../shared/errors/errorKind.ts";
import { toLocalError } from "./localErrors.ts";

describe("errors of the local file system", () => {
  let folder = "";
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "portside-errors-"));
  });
  afterAll(() => rm(folder, { recursive: true }));

  test("a missing file is told apart from a folder that is a file", async () => {
    const missing = join(folder, "missing");
    const error = toLocalError(await readFile(missing).catch((thrown: unknown) => thrown), missing);
    expect(error).toMatchObject({ kind: "local-not-found", path: missing });

    await (await open(join(folder, "file"), "w")).close();
    const below = join(folder, "file", "below");
    expect(toLocalError(await mkdir(below).catch((thrown: unknown) => thrown), below).kind).toBe("not-a-directory");
  });

  test("a full disk keeps the system's own words", () => {
    const thrown = Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });
    expect(toLocalError(thrown, "/data/a")).toMatchObject({
      kind: "local-full",
      message: thrown.message,
      cause: thrown,
    });
  });

  test.each<[code: string, kind: ErrorKind]>([
    ["EACCES", "local-permission"],
    ["EPERM", "local-permission"],
    ["ELOOP", "local-permission"],
    ["EDQUOT", "local-full"],
    ["EEXIST", "already-exists"],
    ["ENAMETOOLONG", "name-not-allowed"],
    ["EILSEQ", "name-not-allowed"],
    ["EBUSY", "local-busy"],
    ["ETXTBSY", "local-busy"],
    ["EAGAIN", "local-busy"],
    ["EMFILE", "local-busy"],
    ["ENFILE", "local-busy"],
    ["ENOMEM", "local-busy"],
    ["EIO", "local-disk-failed"],
    ["EROFS", "local-disk-failed"],
    ["ENODEV", "local-disk-failed"],
    ["ENXIO", "local-disk-failed"],
    ["ENOTCONN", "local-disk-failed"],
    ["ENOLINK", "local-disk-failed"],
    ["EREMOTEIO", "local-disk-failed"],
    ["ESTALE", "local-disk-failed"],
    ["EHOSTDOWN", "local-disk-failed"],
    ["EHOSTUNREACH", "local-disk-failed"],
    ["ETIMEDOUT", "local-disk-failed"],
    ["EBADF", "internal"], // our own mistake
  ])("%s is %s", (code, kind) => {
    expect(toLocalError(Object.assign(new Error(code), { code }), "/x").kind).toBe(kind);
  });

  test("an AppError stays what it is", () => {
    const error = new AppError("cancelled", "stopped");
    expect(toLocalError(error, "/x")).toBe(error);
  });
});
