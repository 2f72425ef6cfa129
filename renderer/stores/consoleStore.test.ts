import { expect, test } from "vitest";
import { applyConsoleRun, applyConsoleStep, applyConsoleText, initialConsole } from "./consoleStore.ts";

const used = ["PWD", "FEAT", "PWD", "STAT"].reduce(applyConsoleRun, initialConsole);

test("a line that is run leaves the field and becomes the newest of the history, once", () => {
  expect(used).toEqual({ history: ["FEAT", "PWD", "STAT"], at: null, text: "" });
});

test("the arrow keys walk through the history and end in an empty field", () => {
  const back = applyConsoleStep(used, "back");
  expect(back.text).toBe("STAT");
  const furthest = [1, 2, 3, 4].reduce((state) => applyConsoleStep(state, "back"), back);
  expect(furthest.text).toBe("FEAT");
  expect(applyConsoleStep(furthest, "forth").text).toBe("PWD");
  expect(applyConsoleStep(back, "forth")).toEqual(used);
});

test("a step forth from a line that is being typed keeps it", () => {
  expect(applyConsoleStep(applyConsoleText(used, "SIZ"), "forth").text).toBe("SIZ");
});
