import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Where the pictures go. */
export const screens = join(import.meta.dirname, "../../../test-results/screens");

export const WIDE = { width: 1200, height: 800 };
const NARROW = { width: 360, height: 780 };

/** Judges the page as it stands, in both themes and narrow, and takes a picture of each. */
export async function look(page: Page, step: string): Promise<void> {
  for (const [tag, colorScheme, viewport] of [
    ["light", "light", WIDE],
    ["dark", "dark", WIDE],
    ["360", "light", NARROW],
  ] as const) {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
    await settled(page);
    if (viewport === WIDE) await noBarriers(page);
    const { sideways, height } = await page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return { sideways: scrollWidth - innerWidth, height: scrollHeight };
    });
    expect(sideways).toBeLessThanOrEqual(0);
    // In a window as high as the page, what sticks to an edge of it stands where it belongs.
    await page.setViewportSize({ width: viewport.width, height: Math.max(viewport.height, height) });
    await settled(page);
    await page.screenshot({ path: join(screens, `${step}-${tag}.png`) });
  }
  await page.setViewportSize(WIDE);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

/** Colours change with the theme by way of transitions; they are judged where they end. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const changes = document.getAnimations().filter((each) => each instanceof CSSTransition);
    await Promise.allSettled(changes.map(({ finished }) => finished));
  });
}

/** By axe's rules: names, roles, labels, contrast. */
async function noBarriers(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, nodes }) => [
    id,
    nodes.map(({ html, any }) => [html, any[0]?.message]),
  ]);
  expect(found).toEqual([]);
}
