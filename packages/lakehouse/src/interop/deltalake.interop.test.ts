import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inOrder } from "../testing/generated/cells.ts";
import { cellsOf } from "../testing/generated/model.ts";
import { seedsFrom } from "../testing/generated/seeds.ts";
import { type Told, toldRows } from "./answers.ts";
import { type Engine, missing, openPython } from "./python.ts";
import { playStories, type Stories } from "./stories.ts";
import { type Refusal, Tally } from "./tally.ts";

const HISTORY_REFUSALS: readonly Refusal[] = [
  {
    feature: "the readVersion -1 that Databricks gives a first CLONE",
    says: /invalid value: integer `-1`, expected u64/,
  },
];

const seeds = seedsFrom(process.env, 6);
const skipped = missing("deltalake", "delta-rs");

type Question = { readonly location: string } & ({ readonly version: number } | { readonly history: true });
interface Answer {
  readonly rows?: readonly (readonly Told[])[];
  readonly history?: readonly {
    readonly version?: number;
    readonly operation: string;
    readonly timestamp: number;
  }[];
  readonly error?: string;
}

describe.skipIf(skipped !== "")(
  `delta-rs reads generated tables and clones${skipped}`,
  { timeout: 30_000 * seeds.length },
  () => {
    let stories: Stories;
    let engine: Engine<Question, Answer>;

    beforeAll(async () => {
      stories = await playStories(seeds);
      engine = await openPython("deltalake", "read.py");
    }, 30_000 * seeds.length);
    afterAll(async () => {
      await engine?.close();
      await stories?.close();
    });

    async function ask(question: Question): Promise<Answer> {
      const answer = await engine.ask(question);
      if (answer.error !== undefined) throw new Error(answer.error);
      return answer;
    }

    test("every version has the rows of the model", async () => {
      const tally = new Tally("delta-rs");
      for (const life of stories.lives)
        for (const [version, model] of life.versions.entries())
          await tally.compare(life, `rows of version ${version}`, async () => {
            const { rows = [] } = await ask({ location: life.location, version });
            expect(toldRows(model.columns, rows)).toEqual(inOrder(cellsOf(model)));
          });
      tally.conclude(2 * seeds.length);
    });

    test("the history has our versions, operations and times", async () => {
      const tally = new Tally("delta-rs, history", HISTORY_REFUSALS);
      for (const life of stories.lives)
        await tally.compare(life, "history", async () => {
          const { history = [] } = await ask({ location: life.location, history: true });
          const ours = await stories.sql(
            `SELECT version, operation, unix_millis(timestamp) FROM (DESCRIBE HISTORY ${life.name})`,
          );
          expect(history.map((h) => [String(h.version), h.operation, String(h.timestamp)])).toEqual(ours);
        });
      tally.conclude(seeds.length / 2);
    });
  },
);
