import { expect, test } from "vitest";
import type { EngineApi } from "../../shared/contract/contract.ts";
import { defaultSettings, type Settings } from "../../shared/models/settings.ts";
import type { QueueSummary } from "../../shared/models/transfer.ts";
import { askBeforeQuit } from "./askBeforeQuit.ts";

const summary: QueueSummary = {
  queued: 9,
  running: 0,
  waiting: 0,
  paused: 1,
  failed: 0,
  completed: 0,
  bytesRemaining: 0,
  isProcessing: true,
  resting: [],
};

function setUp(running: number, language: Settings["language"], systemLanguage = "en-GB") {
  let watching = 2;
  const stop = () => {
    watching -= 1;
  };
  const api: Pick<EngineApi, "queue.watchSummary" | "settings.watch"> = {
    "queue.watchSummary": (_, emit) => {
      emit({ ...summary, running });
      return stop;
    },
    "settings.watch": (_, emit) => {
      emit({ ...defaultSettings, language, hasProxyPassword: false, hasFtpProxyPassword: false });
      return stop;
    },
  };
  const asked: { message: string; buttons: string[] }[] = [];
  const answers: ((response: number) => void)[] = [];
  const question = askBeforeQuit(
    api,
    ({ message, buttons }) => {
      asked.push({ message, buttons });
      return new Promise((resolve) => answers.push((response) => resolve({ response })));
    },
    systemLanguage,
  );
  return { question, asked, answers, watching: () => watching };
}

test("nothing is asked while nothing runs, whatever waits", async () => {
  const { question, asked } = setUp(0, "en");
  expect([await question.mayQuit(), asked]).toEqual([true, []]);
});

test.each([
  { answer: 0, quits: true },
  { answer: 1, quits: false },
])("while transfers run, answer $answer decides", async ({ answer, quits }) => {
  const { question, asked, answers } = setUp(2, "en");
  const may = question.mayQuit();
  answers[0]?.(answer);
  expect(await may).toBe(quits);
  expect(asked).toEqual([
    { message: "2 transfers are running. Quit Portside?", buttons: ["Quit", "Keep transferring"] },
  ]);
});

test("who asks to quit again is not asked twice", async () => {
  const { question, asked, answers } = setUp(1, "en");
  const first = question.mayQuit();
  expect(await question.mayQuit()).toBe(false);
  answers[0]?.(0);
  expect([await first, asked.length]).toEqual([true, 1]);
});

test.each([
  { language: "zh-CN", system: "en-GB", message: "有 1 个传输正在进行。要退出 Portside 吗？" },
  { language: "system", system: "zh-TW", message: "有 1 个传输正在进行。要退出 Portside 吗？" },
  { language: "system", system: "fr-FR", message: "1 transfer is running. Quit Portside?" },
  { language: "en", system: "zh-CN", message: "1 transfer is running. Quit Portside?" },
] as const)("the question speaks $language on a $system system", ({ language, system, message }) => {
  const { question, asked } = setUp(1, language, system);
  void question.mayQuit();
  expect(asked.map((one) => one.message)).toEqual([message]);
});

test("nothing is watched any more once it is closed", () => {
  const { question, watching } = setUp(0, "en");
  question.close();
  expect(watching()).toBe(0);
});
