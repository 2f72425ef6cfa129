import type { EngineApi } from "../../shared/contract/contract.ts";
import type { Settings } from "../../shared/models/settings.ts";

/** The part of Electron's dialog that asks. */
export type ShowMessageBox = (options: {
  type: "question";
  message: string;
  detail: string;
  buttons: string[];
  defaultId: number;
  cancelId: number;
  noLink: boolean;
}) => Promise<{ response: number }>;

export type QuitQuestion = {
  /** Whether Portside may end. While transfers run the user is asked; a second request while one is open is refused. */
  readonly mayQuit: () => Promise<boolean>;
  readonly close: () => void;
};

type Words = {
  readonly message: (running: number) => string;
  readonly detail: string;
  readonly quit: string;
  readonly stay: string;
};

const english: Words = {
  message: (running) =>
    running === 1 ? "1 transfer is running. Quit Portside?" : `${running} transfers are running. Quit Portside?`,
  detail: "Nothing is lost: they go on where they stopped when Portside starts again.",
  quit: "Quit",
  stay: "Keep transferring",
};

const chinese: Words = {
  message: (running) => `有 ${running} 个传输正在进行。要退出 Portside 吗？`,
  detail: "不会丢失任何内容：下次启动 Portside 时，它们会从停止处继续。",
  quit: "退出",
  stay: "继续传输",
};

/** Asks before Portside ends while transfers run, in the language of the window. `systemLanguage`: "zh-CN", "en-GB", … */
export function askBeforeQuit(
  api: Pick<EngineApi, "queue.watchSummary" | "settings.watch">,
  showMessageBox: ShowMessageBox,
  systemLanguage: string,
): QuitQuestion {
  let running = 0;
  let language: Settings["language"] = "system";
  let isAsking = false;
  const stops = [
    api["queue.watchSummary"]({}, (summary) => {
      running = summary.running;
    }),
    api["settings.watch"]({}, (settings) => {
      language = settings.language;
    }),
  ];

  return {
    mayQuit: async () => {
      if (isAsking) return false;
      if (running === 0) return true;
      isAsking = true;
      try {
        const words = (language === "system" ? systemLanguage : language).startsWith("zh") ? chinese : english;
        const { response } = await showMessageBox({
          type: "question",
          message: words.message(running),
          detail: words.detail,
          buttons: [words.quit, words.stay],
          defaultId: 1,
          cancelId: 1,
          noLink: true,
        });
        return response === 0;
      } finally {
        isAsking = false;
      }
    },
    close: () => {
      for (const stop of stops) stop();
    },
  };
}
