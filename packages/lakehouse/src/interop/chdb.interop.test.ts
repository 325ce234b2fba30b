import { realpathSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { inOrder } from "../testing/generated/cells.ts";
import { isMapped } from "../testing/generated/design.ts";
import { cellsOf, type Version } from "../testing/generated/model.ts";
import { seedsFrom } from "../testing/generated/seeds.ts";
import { toldRows } from "./answers.ts";
import { asClickHouse, type Chdb, chdbMissing, hasStructInMap, openChdb } from "./chdb.ts";
import { playStories, type Stories } from "./stories.ts";
import { type Refusal, Tally } from "./tally.ts";

const REFUSALS: readonly Refusal[] = [
  { feature: "absolute paths of shallow clones", says: /No such file or directory \["[^"]*\/file:\/\/\// },
];

const seeds = seedsFrom(process.env, 6);

describe.skipIf(chdbMissing !== "")(
  `ClickHouse reads generated tables and clones${chdbMissing}`,
  { timeout: 30_000 * seeds.length },
  () => {
    let stories: Stories;
    let chdb: Chdb;

    beforeAll(async () => {
      stories = await playStories(seeds);
      chdb = openChdb(realpathSync(stories.directory));
    }, 30_000 * seeds.length);
    afterAll(async () => {
      chdb?.close();
      await stories?.close();
    });

    test("every version has the rows of the model", async () => {
      const tally = new Tally("chdb", REFUSALS);
      for (const life of stories.lives)
        for (const [version, model] of life.versions.entries()) {
          if (isMapped(life.design.properties) && model.columns.some(({ type }) => hasStructInMap(type))) {
            tally.leaveOut("structs in maps under column mapping", "it says NULL for their fields");
            continue;
          }
          await tally.compare(life, `rows of version ${version}`, () => {
            const told = chdb.rows(realpathSync(life.location), version, model.columns);
            expect(toldRows(model.columns, told)).toEqual(expected(model));
          });
        }
      tally.conclude(2 * seeds.length);
    });
  },
);

function expected(version: Version): readonly string[] {
  const rows = cellsOf(version);
  return inOrder(
    rows.map((row) =>
      row.map((cell, i) => {
        const column = version.columns[i];
        return column === undefined ? cell : asClickHouse(column.type, cell);
      }),
    ),
  );
}
