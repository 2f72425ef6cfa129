import { type Page, test } from "@playwright/test";
import { openStage, type Stage } from "../stage/openStage.ts";

type Look = NonNullable<Parameters<Stage["open"]>[0]>;

/** One stage for all tests of a file. `open` gives a page of its own, whose context the test closes; `withScene` closes it itself. */
export function raiseStage() {
  let stage: Stage;
  test.beforeAll(async () => {
    test.setTimeout(120_000); // it is built first
    stage = await openStage();
  });
  test.afterAll(() => stage.close());

  const open = (look: Look): Promise<Page> => stage.open(look);
  const withScene = async (scene: readonly string[], use: (page: Page) => Promise<void>): Promise<void> => {
    const page = await open({ scene });
    try {
      await use(page);
    } finally {
      await page.context().close();
    }
  };
  return { open, withScene };
}
