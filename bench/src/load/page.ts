import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "playwright-core";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** Milliseconds from the address of a page to the moment when the text is on it, once for each round; `undefined` without Chromium. */
export async function shownAfter(
  address: string,
  text: string,
  rounds: number,
): Promise<readonly number[] | undefined> {
  const executablePath = findChromium();
  if (executablePath === undefined) return undefined;
  const browser = await chromium.launch({
    executablePath,
    args: ["--headless=new", "--no-sandbox", "--disable-gpu"],
  });
  try {
    const times: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const page = await browser.newPage();
      const started = performance.now();
      await page.goto(address, { waitUntil: "commit" });
      await page.getByText(text).first().waitFor();
      times.push(performance.now() - started);
      await page.close();
    }
    return times;
  } finally {
    await browser.close();
  }
}

function findChromium(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  return [
    process.env["CHROME_PATH"] ?? "",
    ...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))),
  ].find((path) => path !== "" && existsSync(path));
}
