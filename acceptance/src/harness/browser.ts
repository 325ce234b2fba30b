import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import type { Page } from "playwright-core";

/** A real Chromium that reads pages. */
export interface Browser {
  /** The page's text once `landmark` stands on it, and the texts of its badges. Throws when it does not come to stand there. */
  read(url: string, landmark: string): Promise<PageRead>;
  /** Does something on a page, as a person would. */
  use<T>(url: string, act: (page: Page) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface PageRead {
  readonly text: string;
  /** Texts of everything that is marked up as a badge. */
  readonly badges: readonly string[];
}

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** Where a Chromium is: `CHROME_PATH`, or one of the usual names on PATH. */
export function findChromium(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const named = env["CHROME_PATH"];
  if (named) return named;
  return (env["PATH"] ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((path) => existsSync(path));
}

/** Starts it without a window. `undefined` when the program that drives browsers is not installed. */
export async function openBrowser(executablePath: string): Promise<Browser | undefined> {
  const driver = await import("playwright-core").catch(() => undefined);
  if (driver === undefined) return undefined;
  const browser = await driver.chromium.launch({
    executablePath,
    args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  const use: Browser["use"] = async (url, act) => {
    const page = await browser.newPage();
    try {
      await page.goto(url);
      return await act(page);
    } finally {
      await page.close();
    }
  };
  return {
    use,
    read: (url, landmark) => use(url, (page) => readPage(page, landmark)),
    close: () => browser.close(),
  };
}

/** What stands on a page once the landmark does. */
export async function readPage(page: Page, landmark: string | RegExp): Promise<PageRead> {
  await page.getByText(landmark, { exact: false }).first().waitFor({ timeout: 60_000 });
  const [text, badges] = [await page.innerText("body"), page.locator("[data-badge]")];
  return { text, badges: await badges.allInnerTexts() };
}
