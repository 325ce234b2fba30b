import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "vite";
import type { TestProject } from "vitest/node";
import { findChromium } from "./browser.ts";

declare module "vitest" {
  export interface ProvidedContext {
    /** The page as it is now; absent without a browser to look at it. */
    readonly pageDirectory: string | undefined;
  }
}

/** Builds the page once for all tests that look at it. */
export default async function buildPage(project: TestProject): Promise<() => void> {
  if (findChromium(process.env) === undefined) {
    project.provide("pageDirectory", undefined);
    return () => undefined;
  }
  const directory = mkdtempSync(join(tmpdir(), "clxs-page-"));
  const root = join(import.meta.dirname, "..");
  await build({ root, logLevel: "warn", build: { outDir: directory, emptyOutDir: true } });
  project.provide("pageDirectory", directory);
  return () => rmSync(directory, { recursive: true, force: true });
}
