import { defineConfig } from "vitest/config";
import { mutantPlugin } from "./acceptance/pitfalls/plugin.ts";

/**
 * One project per layer, told apart by the file's suffix, so that a layer runs alone: `npx vitest run --project fast`.
 * fast: pure functions, parsers, planner, protocol. full: the embedded workspace, its HTTP API, the engine on it, the command line.
 * corpus: tables that other engines wrote. page: a real browser. interop: other engines read what we wrote.
 */
const layer = (name: string, include: string[], testTimeout: number, fileParallelism = true) => ({
  extends: true as const,
  test: {
    name,
    include,
    testTimeout,
    hookTimeout: testTimeout,
    fileParallelism,
    exclude: ["**/node_modules/**", "**/dist/**"],
  },
});

const sources = ["packages/*/{src,test}", "acceptance", "bench", "scripts"];
const files = (suffix: string) => sources.map((folder) => `${folder}/**/*${suffix}`);

export default defineConfig({
  plugins: [mutantPlugin(import.meta.dirname, process.env["CLXS_MUTANT"])],
  test: {
    reporters: ["default"],
    projects: [
      {
        ...layer("fast", files(".test.{ts,tsx}"), 20_000),
        test: {
          ...layer("fast", files(".test.{ts,tsx}"), 20_000).test,
          // Pure functions leave nothing behind: one after another they share what was loaded.
          isolate: false,
          exclude: [
            "**/node_modules/**",
            "**/dist/**",
            ...["full", "corpus", "page", "interop"].map((s) => `**/*.${s}.test.ts`),
          ],
        },
      },
      {
        ...layer("full", files(".full.test.ts"), 120_000),
        test: { ...layer("full", files(".full.test.ts"), 120_000).test, maxWorkers: 2 },
      },
      layer("corpus", files(".corpus.test.ts"), 120_000, false),
      {
        ...layer("page", files(".page.test.ts"), 120_000),
        test: {
          ...layer("page", files(".page.test.ts"), 120_000).test,
          maxWorkers: 2,
          globalSetup: ["packages/ui/test/build-page.ts"],
        },
      },
      layer("interop", files(".interop.test.ts"), 180_000, false),
    ],
  },
});
