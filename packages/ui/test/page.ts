import { mkdirSync } from "node:fs";
import type { Run, Submitted } from "@clone-xs/server/contract";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, inject } from "vitest";
import { FLAGS, findChromium } from "./browser.ts";
import { screens, WIDE } from "./look.ts";

const executablePath = findChromium(process.env);
const missing = executablePath === undefined ? " (skipped: no Chromium on PATH or in CHROME_PATH)" : "";

/** What a page is shown of: a server, and whatever is behind it. */
export interface World {
  readonly url: string;
  stop(): Promise<void>;
}

export interface PageTest<W extends World> {
  /** As it was started before the first test. */
  readonly world: W;
  /** A page that notes everything the browser complains about: errors, and what the policy forbids. */
  readonly open: (path: string, url?: string) => Promise<Page>;
  /** Complaints of this test that hold this text, earlier ones and later, are what it is about. */
  readonly expectComplaint: (text: string) => unknown;
  readonly get: <T>(path: string) => Promise<T>;
  readonly post: <T>(path: string, body: object) => Promise<T>;
  /** The id of a run that was just submitted. */
  readonly submit: (request: object) => Promise<string>;
  /** A run that is over. */
  readonly clone: (request: object) => Promise<Run>;
}

/**
 * Tests of the page in a real browser, over what `start` starts with the page that was built. Without a browser they are skipped, by name.
 * A test in which the browser complains fails.
 */
export function describePage<W extends World>(
  name: string,
  start: (uiDirectory: string) => Promise<W>,
  body: (page: PageTest<W>) => void,
): void {
  describe.skipIf(executablePath === undefined)(`${name}${missing}`, () => {
    body(pageTest(start));
  });
}

function pageTest<W extends World>(start: (uiDirectory: string) => Promise<W>): PageTest<W> {
  let browser: Browser;
  let world: W;
  let context: BrowserContext | undefined;
  let complaints: string[] = [];
  let expected: string[] = [];

  beforeAll(async () => {
    mkdirSync(screens, { recursive: true });
    world = await start(inject("pageDirectory") ?? "");
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: FLAGS });
  });
  afterAll(async () => {
    await browser?.close();
    await world?.stop();
  });
  afterEach(async () => {
    await context?.close();
    const told = complaints.filter((each) => !expected.some((text) => each.includes(text)));
    complaints = [];
    expected = [];
    if (told.length > 0) throw new Error(`The browser complained:\n${told.join("\n")}`);
  });

  const get = async <T>(path: string) => (await (await fetch(world.url + path)).json()) as T;
  const post = async <T>(path: string, request: object) => {
    const answer = await fetch(world.url + path, { method: "POST", body: JSON.stringify(request) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`POST ${path}: ${answer.status} ${text}`);
    return JSON.parse(text) as T;
  };
  const submit = async (request: object) => (await post<Submitted>("/api/clone", request)).job_id;

  return {
    get world() {
      return world;
    },
    async open(path, url = world.url) {
      context = await browser.newContext({ viewport: WIDE, colorScheme: "light" });
      const page = await context.newPage();
      page.on("pageerror", (error) => complaints.push(error.message));
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") complaints.push(message.text());
      });
      await page.goto(url + path);
      return page;
    },
    expectComplaint: (text) => expected.push(text),
    get,
    post,
    submit,
    async clone(request) {
      const id = await submit(request);
      await (await fetch(`${world.url}/api/clone/${id}/events`)).text();
      return get<Run>(`/api/clone/${id}`);
    },
  };
}

/** The run that the page's address names. */
export function runIn(page: Page): string {
  return new URL(page.url()).searchParams.get("run")?.replaceAll('"', "") ?? "";
}
