import { findAbilities } from "../testing/generated/abilities.ts";
import { type Life, playStory, type RunSql } from "../testing/generated/lives.ts";
import { drawingFrom } from "../testing/generated/seeds.ts";
import { sqlSession } from "../testing/sql-session.ts";
import { openTestLakehouse } from "../testing/test-lakehouse.ts";
import type { LakehouseOptions } from "../workspace/lakehouse.ts";

/** A workspace with generated tables in it, to be shown to other engines. */
export interface Stories {
  readonly directory: string;
  readonly sql: RunSql;
  readonly lives: readonly Life[];
  close(): Promise<void>;
}

/** Plays a story for each seed. */
export async function playStories(
  seeds: readonly number[],
  { steps = 10, ...options }: Partial<LakehouseOptions> & { readonly steps?: number } = {},
): Promise<Stories> {
  const lakehouse = await openTestLakehouse(options);
  const { sql } = sqlSession(() => lakehouse, { catalog: "g", schema: "s" });
  await sql("CREATE CATALOG g");
  await sql("CREATE SCHEMA s");
  const abilities = await findAbilities(sql);
  const lives: Life[] = [];
  for (const seed of seeds) {
    const told = playStory(drawingFrom(seed), { run: sql, name: `t${seed}`, abilities, steps });
    lives.push(...(await told).lives);
  }
  return { directory: lakehouse.directory, sql, lives, close: () => lakehouse.close() };
}
