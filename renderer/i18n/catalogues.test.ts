import { describe, expect, test } from "vitest";
import { AppError } from "../../shared/errors/appError.ts";
import { catalogues } from "./catalogues.ts";
import { chooseLanguage, createI18n } from "./createI18n.ts";
import { describeError } from "./describeError.ts";

/** Every text of a catalogue by its path, plural forms under one key. */
function texts(tree: object, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    const here = path === "" ? key : `${path}.${key}`;
    if (typeof value === "string") found.set(here, value);
    else for (const [below, text] of texts(value, here)) found.set(below, text);
  }
  return found;
}

const placeholders = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map(([, name]) => name ?? "");

describe("the Chinese texts", () => {
  const english = texts(catalogues.en);
  const chinese = texts(catalogues["zh-CN"]);

  test("have something to say for every English text", () => {
    expect([...chinese].filter(([, text]) => text.trim() === "")).toEqual([]);
    expect([...english.keys()].filter((key) => !key.endsWith("_one") && !chinese.has(key))).toEqual([]);
  });

  test("fill in no value that the English text does not have", () => {
    for (const [key, text] of chinese) {
      const known = [
        ...placeholders(english.get(key) ?? ""),
        ...placeholders(english.get(key.replace("_other", "_one")) ?? ""),
      ];
      expect({ key, unknown: placeholders(text).filter((name) => !known.includes(name)) }).toEqual({
        key,
        unknown: [],
      });
    }
  });

  test("are spoken with Chinese plurals", () => {
    const { t } = createI18n("zh-CN");
    expect(t("files", { count: 1 })).toBe("1 个文件");
    expect(t("files", { count: 1200 })).toBe("1,200 个文件");
  });
});

test("the first language of the system that Portside speaks is taken", () => {
  expect(chooseLanguage("system", ["de-DE", "zh-Hans-CN", "en-US"])).toBe("zh-CN");
  expect(chooseLanguage("system", ["en-GB", "zh-CN"])).toBe("en");
  expect(chooseLanguage("system", ["sw"])).toBe("en");
  expect(chooseLanguage("zh-CN", ["en"])).toBe("zh-CN");
});

describe("describeError", () => {
  const i18n = createI18n("en");

  test("gives the server's own words, with what was asked", () => {
    const error = new AppError("permission-denied", "refused", {
      path: "/www",
      command: "MKD x",
      reply: { code: 550, text: "Permission denied." },
    });
    expect(describeError(error, i18n)).toEqual({
      title: "The server does not permit this.",
      wayOut: "Use an account that may do it, or ask the owner to change the permissions.",
      detail: "/www\nMKD x\n550 Permission denied.",
    });
  });

  test("a bare kind has words but no detail, and a foreign error is our fault", () => {
    expect(describeError("remote-full", i18n).detail).toBeNull();
    expect(describeError(new Error("boom"), i18n)).toMatchObject({
      title: "Something went wrong inside Portside.",
      detail: "boom",
    });
  });
});
