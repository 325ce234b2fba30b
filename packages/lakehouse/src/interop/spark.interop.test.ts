import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { id, lit, sql, type SqlFragment } from "@clone-xs/sql";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inOrder } from "../testing/generated/cells.ts";
import type { Life } from "../testing/generated/lives.ts";
import { cellsOf, type Version } from "../testing/generated/model.ts";
import { ourRows } from "../testing/generated/our-rows.ts";
import { share } from "../testing/generated/predicates.ts";
import { drawRowStep } from "../testing/generated/row-steps.ts";
import { drawingFrom, seedsFrom } from "../testing/generated/seeds.ts";
import { openSpark, type Spark, sparkMissing } from "./spark.ts";
import { playStories, type Stories } from "./stories.ts";
import { Tally } from "./tally.ts";

const seeds = seedsFrom(process.env, 3);

/** Spark takes its time on a busy machine; what is timed is not here. */
const PATIENCE_MS = 300_000 + 120_000 * seeds.length;

describe.skipIf(sparkMissing !== "")(
  `Spark reads generated tables and clones${sparkMissing}`,
  { timeout: PATIENCE_MS },
  () => {
    let stories: Stories;
    let spark: Spark;
    let clones: string;

    beforeAll(async () => {
      clones = mkdtempSync(join(tmpdir(), "clxs-spark-clones-"));
      [stories, spark] = await Promise.all([playStories(seeds, { allowPaths: [clones] }), openSpark()]);
    }, PATIENCE_MS);
    afterAll(async () => {
      await spark?.close();
      await stories?.close();
      rmSync(clones, { recursive: true, force: true });
    }, PATIENCE_MS);

    test("every version has the rows of the model", async () => {
      const tally = new Tally("Spark");
      for (const life of stories.lives)
        for (const [version, model] of life.versions.entries())
          await tally.compare(life, `rows of version ${version}`, async () => {
            const from = sql`${byPath(life)} VERSION AS OF ${lit(version)}`.text;
            expect(await spark.rows(from, model.columns)).toEqual(inOrder(cellsOf(model)));
          });
      tally.conclude(2 * seeds.length);
    });

    test("DESCRIBE HISTORY says what ours says", async () => {
      const tally = new Tally("Spark, history");
      const columns =
        "version, operation, operationParameters, operationMetrics, readVersion, isBlindAppend, timestamp";
      for (const life of stories.lives)
        await tally.compare(life, "history", async () => {
          const theirs = await spark.sql(sql`DESCRIBE HISTORY ${byPath(life)}`.text);
          const ours = await stories.sql(
            `SELECT version, operation, unix_millis(timestamp), readVersion, isBlindAppend FROM (DESCRIBE HISTORY ${life.name})`,
          );
          expect(columns.split(", ").every((name) => theirs.every((row) => name in row))).toBe(true);
          expect(
            theirs.map((row) => [
              row["version"],
              row["operation"],
              String(Date.parse(`${row["timestamp"] as string}Z`)),
              row["readVersion"],
              row["isBlindAppend"],
            ]),
          ).toEqual(ours);
        });
      tally.conclude(seeds.length);
    });

    test("DESCRIBE DETAIL says what ours says", async () => {
      const tally = new Tally("Spark, detail");
      const same = [
        "format",
        "id",
        "partitionColumns",
        "numFiles",
        "sizeInBytes",
        "minReaderVersion",
        "minWriterVersion",
      ];
      for (const life of stories.lives)
        await tally.compare(life, "detail", async () => {
          const [theirs = {}] = await spark.sql(sql`DESCRIBE DETAIL ${byPath(life)}`.text);
          const items = [...same, "properties", "tableFeatures", "clusteringColumns"].join(", ");
          const [ours = []] = await stories.sql(`SELECT ${items} FROM (DESCRIBE DETAIL ${life.name})`);
          expect(same.map((name) => told(theirs[name]))).toEqual(ours.slice(0, same.length).map(parsed));
          expect(Object.fromEntries(theirs["properties"] as [string, string][])).toEqual(
            parsed(ours[same.length]),
          );
          expect([...(theirs["tableFeatures"] as string[])].sort()).toEqual(
            [...(parsed(ours[same.length + 1]) as string[])].sort(),
          );
          expect(theirs["clusteringColumns"] ?? []).toEqual(parsed(ours[same.length + 2]) ?? []);
        });
      tally.conclude(seeds.length);
    });

    test("Spark and we write by turns, and read what the other wrote", async () => {
      expect.hasAssertions();
      const tally = new Tally("Spark, by turns");
      for (const life of stories.lives.slice(0, 2 * seeds.length)) {
        const writers = [
          { table: byPath(life), run: spark.sql, kinds: ["insert"] },
          { table: id(life.name), run: stories.sql, kinds: ["merge", "delete"] },
          { table: byPath(life), run: spark.sql, kinds: ["merge"] },
          { table: byPath(life), run: spark.sql, kinds: ["update", "delete"] },
          { table: id(life.name), run: stories.sql, kinds: ["update", "insert"] },
        ] as const;
        await tally.compare(life, "turns", () => takeTurns(life, writers));
      }
      tally.conclude(seeds.length);
    });

    async function takeTurns(
      life: Life,
      writers: readonly {
        readonly table: SqlFragment;
        readonly run: (text: string) => Promise<unknown>;
        readonly kinds: readonly ("insert" | "merge" | "update" | "delete")[];
      }[],
    ): Promise<void> {
      const g = drawingFrom(Number(/\d+/u.exec(life.name)?.[0]) + life.versions.length);
      const partitionKeys = new Set(life.design.partitionedBy.map(({ key }) => key));
      let now = life.versions.at(-1) ?? { columns: [], rows: [] };
      for (const { table, run, kinds } of writers) {
        const step = drawRowStep(g, { table, now, partitionKeys, wholeRows: true }, kinds);
        await run(step.text.text);
        now = step.after;
        await expectBoth([byPath(life), id(life.name)], now, step.text.text);
      }
      const clone = sql`delta.${id(join(clones, life.name))}`;
      const gone = share(g, now);
      await spark.sql(sql`CREATE TABLE ${clone} SHALLOW CLONE ${byPath(life)}`.text);
      await stories.sql(sql`DELETE FROM ${clone} WHERE ${gone.text}`.text);
      const left = { ...now, rows: now.rows.filter((row) => !gone.holds(row)) };
      await expectBoth([clone, clone], left, "a shallow clone of Spark's was written");
      await expectBoth([byPath(life), id(life.name)], now, "its shallow clone was written");
    }

    async function expectBoth(
      [theirs, ours]: readonly [theirs: SqlFragment, ours: SqlFragment],
      now: Version,
      after: string,
    ): Promise<void> {
      const rows = inOrder(cellsOf(now));
      expect(await spark.rows(theirs.text, now.columns), `Spark after ${after}`).toEqual(rows);
      expect(await ourRows(stories.sql, ours.text, now.columns), `ours after ${after}`).toEqual(rows);
    }
  },
);

function byPath({ location }: Life): SqlFragment {
  return sql`delta.${id(location)}`;
}

const told = (value: unknown) => value ?? null;

/** A nested value of a result is JSON. */
function parsed(cell: string | null | undefined): unknown {
  return cell?.startsWith("[") === true || cell?.startsWith("{") === true ? JSON.parse(cell) : (cell ?? null);
}
