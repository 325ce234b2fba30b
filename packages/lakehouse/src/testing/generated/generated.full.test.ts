import { sql as text, id, lit } from "@clone-xs/sql";
import type { GeneratorValue } from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Lakehouse } from "../../workspace/lakehouse.ts";
import { sqlSession } from "../sql-session.ts";
import { openTestLakehouse } from "../test-lakehouse.ts";
import { findAbilities } from "./abilities.ts";
import { inOrder } from "./cells.ts";
import { type Life, playStory } from "./lives.ts";
import { cellsOf } from "./model.ts";
import { ourRows } from "./our-rows.ts";
import { drawPredicate } from "./predicates.ts";
import { drawingFrom, seedsFrom } from "./seeds.ts";

/**
 * Tables of random design with random statements, and clones of them, against a plain model of their rows: every version reads as the model
 * had it, whole and filtered. `CLXS_RUNS` says how many (more find more), `CLXS_SEED` shows one again.
 */
const seeds = seedsFrom(process.env, 12);
let lakehouse: Lakehouse;
const { sql } = sqlSession(() => lakehouse, { catalog: "g", schema: "s" });

beforeAll(async () => {
  lakehouse = await openTestLakehouse();
  await sql("CREATE CATALOG g");
  await sql("CREATE SCHEMA s");
});
afterAll(() => lakehouse.close());

test("every version of a table and of its clones has the rows of the model", {
  timeout: 20_000 * seeds.length,
}, async () => {
  const abilities = await findAbilities(sql);
  const refused = new Set<string>();
  let versions = 0;
  for (const seed of seeds) {
    const g = drawingFrom(seed);
    const story = await playStory(g, { run: sql, name: `t${seed}`, abilities, steps: 12 });
    for (const reason of story.refused) refused.add(reason.replace(/; line .*/u, ""));
    for (const life of story.lives) versions += await check(g, life, `CLXS_SEED=${seed} CLXS_RUNS=1`);
  }
  expect(versions).toBeGreaterThan(3 * seeds.length);
  console.log(`${seeds.length} tables with clones, ${versions} versions equal`);
  for (const reason of refused) console.log(`statement not known: ${reason}`);
});

async function check(g: GeneratorValue, life: Life, again: string): Promise<number> {
  for (const [version, model] of life.versions.entries()) {
    const from = text`${id(life.name)} VERSION AS OF ${lit(version)}`;
    const { text: condition, holds } = drawPredicate(g, model);
    const context = `${again}, version ${version} of\n${life.statements.join("\n")}`;
    expect(await ourRows(sql, from.text, model.columns), context).toEqual(inOrder(cellsOf(model)));
    const filtered = { ...model, rows: model.rows.filter(holds) };
    expect(
      await ourRows(sql, text`${from} WHERE ${condition}`.text, model.columns),
      `WHERE ${condition.text}, ${context}`,
    ).toEqual(inOrder(cellsOf(filtered)));
  }
  return life.versions.length;
}
