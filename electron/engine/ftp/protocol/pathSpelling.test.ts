import { describe, expect, test } from "vitest";
import { pathSpelling } from "./pathSpelling.ts";

test.each([
  ["/home/demo", "UNIX Type: L8", "/home/demo"],
  ["/", "Windows_NT", "/"],
  [null, null, "/"],
  ["ACA:[ANONYMOUS]", "VMS V8.4", "/ANONYMOUS"],
  ["ANONYMOUS_ROOT:[000000]", null, "/"],
  ["NODE::DISK$USER:[000000.DEMO.SUB]", null, "/DEMO/SUB"],
  ["'DEMO.'", "MVS is the operating system of this server.", "/DEMO."],
  ["'DEMO.SOURCE.COBOL'", "MVS", "/DEMO.SOURCE./COBOL"],
  ["'DEMO'", "MVS", "/DEMO."],
  ["/u/demo", "MVS", "/u/demo"],
  ["somewhere", null, "/"],
])("PWD %s on %s begins in %s", (pwd, system, startFolder) => {
  expect(pathSpelling(pwd, system).startFolder).toBe(startFolder);
});

test("most servers get paths as they are", () => {
  const { folder, file, entry, isTop } = pathSpelling("/", "UNIX Type: L8");
  for (const spell of [folder, file, (path: string) => entry(path, path)]) expect(spell("/a b/c;1")).toBe("/a b/c;1");
  expect([isTop("/"), isTop("/DEMO.")]).toEqual([true, false]);
});

describe("OpenVMS", () => {
  const { folder, file, entry, isTop } = pathSpelling("DISK$USER:[DEMO]", null);

  test.each([
    ["/", "DISK$USER:[000000]"],
    ["/DEMO", "DISK$USER:[DEMO]"],
    ["/DEMO/SUB/", "DISK$USER:[DEMO.SUB]"],
    ["/DEMO/V1.2", "DISK$USER:[DEMO.V1^.2]"],
    ["/DKA100:", "DKA100:[000000]"],
    ["/DKA100:/A/B", "DKA100:[A.B]"],
  ])("the folder %s is %s", (path, native) => {
    expect(folder(path)).toBe(native);
  });

  test("a file stands behind the brackets", () => {
    expect(file("/DEMO/SUB/README.TXT;1")).toBe("DISK$USER:[DEMO.SUB]README.TXT;1");
    expect(file("/LOGIN.COM")).toBe("DISK$USER:[000000]LOGIN.COM");
  });

  test("a folder is renamed as the file it is", () => {
    expect(entry("/DEMO/SUB", "/DEMO/SUB")).toBe("DISK$USER:[DEMO]SUB.DIR;1");
    expect(entry("/DEMO/OTHER", "/DEMO/SUB")).toBe("DISK$USER:[DEMO]OTHER.DIR;1");
    expect(entry("/DEMO/NEW.TXT", "/DEMO/OLD.TXT;3")).toBe("DISK$USER:[DEMO]NEW.TXT");
  });

  test("the tops are the disks", () => {
    expect(["/", "/DKA100:", "/DEMO"].map(isTop)).toEqual([true, true, false]);
  });

  test("what PWD said and what CWD gets are the same", () => {
    for (const pwd of ["DISK$USER:[DEMO]", "DISK$USER:[DEMO.A^.B.C]", "NODE::DISK:[X]", "D:[000000]"]) {
      const spelling = pathSpelling(pwd, null);
      expect(spelling.folder(spelling.startFolder)).toBe(pwd);
    }
  });
});

describe("z/OS", () => {
  const { folder, file, isTop } = pathSpelling("'DEMO.'", "MVS");

  test.each([
    ["/DEMO.", "'DEMO.'"],
    ["/DEMO./SOURCE.COBOL", "'DEMO.SOURCE.COBOL'"],
    ["/DEMO./SOURCE./COBOL", "'DEMO.SOURCE.COBOL'"],
    ["/SYS1./PARMLIB", "'SYS1.PARMLIB'"],
    ["/", "/"],
    ["/u/demo", "/u/demo"],
    ["/etc/x.", "/etc/x."],
  ])("the folder %s is %s", (path, native) => {
    expect(folder(path)).toBe(native);
  });

  test.each([
    ["/DEMO./REPORT", "'DEMO.REPORT'"],
    ["/DEMO./SOURCE.COBOL/MAIN", "'DEMO.SOURCE.COBOL(MAIN)'"],
    ["/DEMO.SOURCE./COBOL/MAIN", "'DEMO.SOURCE.COBOL(MAIN)'"],
    ["/u/demo/main.c", "/u/demo/main.c"],
  ])("the file %s is %s", (path, native) => {
    expect(file(path)).toBe(native);
  });

  test("a prefix is there because it is named", () => {
    expect(["/", "/DEMO.", "/DEMO./SOURCE", "/u"].map(isTop)).toEqual([true, true, false, false]);
  });

  test("what PWD said and what CWD gets are the same", () => {
    for (const pwd of ["'DEMO.'", "'DEMO.SOURCE.COBOL'", "'A.B.'"]) {
      const spelling = pathSpelling(pwd, "MVS");
      expect(spelling.folder(spelling.startFolder)).toBe(pwd);
    }
  });
});
