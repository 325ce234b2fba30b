import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import { addOf, LocalStorage, openTable, removeOf, writeDeletionVectors } from "@clone-xs/delta";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestLakehouse } from "../testing/index.ts";
import { sqlSession } from "../testing/sql-session.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";

/**
 * Random statements against a model of the rows: after any of them each version of the table has the rows that the model had then, and the
 * change feed, applied step by step, leads from one to the next.
 */
let lakehouse: Lakehouse;
const { sql } = sqlSession(() => lakehouse, { catalog: "d", schema: "s" });

beforeAll(async () => {
  lakehouse = await openTestLakehouse();
  await sql("CREATE CATALOG d");
  await sql("CREATE SCHEMA s");
});
afterAll(() => lakehouse.close());

interface Row {
  readonly id: number;
  readonly name: string | null;
  readonly part: string | null;
}

type Step =
  | { readonly kind: "insert" | "overwrite" | "merge" | "replace"; readonly rows: readonly Row[] }
  | {
      readonly kind: "update";
      readonly modulus: number;
      readonly name: string | null;
      readonly part: string | null;
    }
  | { readonly kind: "delete"; readonly modulus: number }
  | { readonly kind: "mask"; readonly pick: number }
  | { readonly kind: "restore"; readonly pick: number }
  | { readonly kind: "optimize" | "truncate" | "zorder" };

const part = fc.constantFrom("x", "y/ü=%", null);
const row: fc.Arbitrary<Row> = fc.record({
  id: fc.nat(9),
  name: fc.constantFrom("a", "it's", "", null),
  part,
});
const rows = fc.uniqueArray(row, { selector: ({ id }) => id, minLength: 1, maxLength: 5 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom("insert", "merge"), rows }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom("overwrite", "replace"), rows }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("update"),
      modulus: fc.integer({ min: 1, max: 4 }),
      name: fc.constantFrom("new", null),
      part,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("delete"), modulus: fc.integer({ min: 2, max: 5 }) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("mask", "restore"), pick: fc.nat() }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("optimize", "zorder") }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant("truncate") }) },
);

const text = (value: string | null) =>
  value === null ? "CAST(NULL AS STRING)" : `'${value.replaceAll("'", "\\'")}'`;
const values = (list: readonly Row[]) =>
  `VALUES ${list.map(({ id, name, part: p }) => `(${id}, ${text(name)}, ${text(p)})`).join(", ")}`;
const lowPart = (list: readonly Row[]) => list.map((r) => ({ ...r, part: "x" }));

/** The statement of a step, and what it makes of the model. */
function statementOf(
  taken: Exclude<Step, { kind: "mask" | "restore" }>,
  t: string,
  now: readonly Row[],
): readonly [string, readonly Row[]] {
  switch (taken.kind) {
    case "insert":
      return [`INSERT INTO ${t} ${values(taken.rows)}`, [...now, ...taken.rows]];
    case "overwrite":
      return [`INSERT OVERWRITE ${t} ${values(taken.rows)}`, taken.rows];
    case "replace":
      return [
        `INSERT INTO ${t} REPLACE WHERE part = 'x' ${values(lowPart(taken.rows))}`,
        [...now.filter((r) => r.part !== "x"), ...lowPart(taken.rows)],
      ];
    case "merge": {
      const found = new Map(taken.rows.map((r) => [r.id, r]));
      const kept = now.flatMap((r) => {
        const other = found.get(r.id);
        if (other === undefined) return r.part === null ? [{ ...r, name: "lost" }] : [r];
        return other.name === null ? [] : [{ ...r, name: other.name, part: other.part }];
      });
      const known = new Set(now.map(({ id }) => id));
      return [
        `MERGE INTO ${t} AS t USING (${values(taken.rows)}) AS s(id, name, part) ON t.id = s.id
         WHEN MATCHED AND s.name IS NULL THEN DELETE
         WHEN MATCHED THEN UPDATE SET name = s.name, part = s.part
         WHEN NOT MATCHED THEN INSERT *
         WHEN NOT MATCHED BY SOURCE AND t.part IS NULL THEN UPDATE SET name = 'lost'`,
        [...kept, ...taken.rows.filter(({ id }) => !known.has(id))],
      ];
    }
    case "update":
      return [
        `UPDATE ${t} SET name = ${text(taken.name)}, part = ${text(taken.part)} WHERE id % ${taken.modulus} = 0`,
        now.map((r) => (r.id % taken.modulus === 0 ? { ...r, name: taken.name, part: taken.part } : r)),
      ];
    case "delete":
      return [
        `DELETE FROM ${t} WHERE id % ${taken.modulus} = 1`,
        now.filter((r) => r.id % taken.modulus !== 1),
      ];
    case "optimize":
      return [`OPTIMIZE ${t}`, now];
    case "zorder":
      return [`OPTIMIZE ${t} ZORDER BY (id, name)`, now];
    case "truncate":
      return [`TRUNCATE TABLE ${t}`, []];
  }
}

const asText = (list: readonly Row[]) =>
  list.map((r) => JSON.stringify([String(r.id), r.name, r.part])).sort();
const read = async (from: string) =>
  (await sql(`SELECT id, name, part FROM ${from}`)).map((cells) => JSON.stringify(cells)).sort();

const outside = {
  storage: new LocalStorage(),
  codec: {
    read: () => Promise.reject(new Error("no checkpoints here")),
    write: () => Promise.reject(new Error("no checkpoints here")),
  },
  now: Date.now,
  uuid: randomUUID,
  engineInfo: "test",
};

/** Masks the first row of a file by a deletion vector, as another engine would delete it. */
async function mask(t: string, pick: number): Promise<void> {
  const [detail = []] = await sql(`DESCRIBE DETAIL ${t}`);
  const table = openTable({ ...outside, root: fileURLToPath(detail[4] ?? "") });
  const base = await table.snapshot();
  const plain = [...base.files()].filter((f) => f.deletionVector === undefined);
  const file = plain[pick % Math.max(plain.length, 1)];
  if (file === undefined) return;
  const [vector] = await writeDeletionVectors(outside.storage, base.root, {
    uuid: randomUUID(),
    vectors: [[0]],
  });
  await table.commit({
    base,
    operation: "DELETE",
    reads: { kind: "table" },
    actions: [
      { remove: removeOf(file, Date.now()) },
      { add: { ...addOf(file), dataChange: true, ...(vector && { deletionVector: vector }) } },
    ],
  });
}

let made = 0;

async function play(steps: readonly Step[], options: string, ways: string): Promise<void> {
  const t = `history${++made}`;
  await sql(
    `CREATE TABLE ${t} (id INT, name STRING, part STRING) ${options} TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true', ${ways})`,
  );
  const versions: (readonly string[])[] = [[]];
  const models: (readonly Row[])[] = [[]];
  for (const taken of steps) {
    const now = models.at(-1) ?? [];
    let next = now;
    if (taken.kind === "mask") {
      await mask(t, taken.pick);
      next = (await sql(`SELECT id, name, part FROM ${t}`)).map(([id, name = null, p = null]) => ({
        id: Number(id),
        name,
        part: p,
      }));
    } else if (taken.kind === "restore") {
      const version = taken.pick % versions.length;
      await sql(`RESTORE TABLE ${t} TO VERSION AS OF ${version}`);
      next = models[version] ?? [];
    } else {
      const [statement, after] = statementOf(taken, t, now);
      await sql(statement);
      next = after;
    }
    const [[latest] = []] = await sql(`SELECT max(version) FROM (DESCRIBE HISTORY ${t})`);
    while (versions.length <= Number(latest)) {
      versions.push(asText(next));
      models.push(next);
    }
    expect(await read(t)).toEqual(asText(next));
  }
  for (const [version, expected] of versions.entries())
    expect(await read(`${t} VERSION AS OF ${version}`)).toEqual(expected);
  await replay(t, versions);
}

/** Applies the change feed version by version. */
async function replay(t: string, versions: readonly (readonly string[])[]): Promise<void> {
  const changes = await sql(
    `SELECT _commit_version, _change_type, id, name, part FROM table_changes('${t}', 0) ORDER BY _commit_version`,
  );
  const present = new Map<string, number>();
  for (const [version, expected] of versions.entries()) {
    for (const [at, type, ...cells] of changes) {
      if (Number(at) !== version) continue;
      const key = JSON.stringify(cells);
      const sign = type === "insert" || type === "update_postimage" ? 1 : -1;
      present.set(key, (present.get(key) ?? 0) + sign);
    }
    const left = [...present].flatMap(([key, count]) => Array.from({ length: count }, () => key)).sort();
    expect(left).toEqual(expected);
  }
}

/** Old rows are masked, or their files written again; the feature alone lets others mask and us not. */
const WAYS = ["'delta.enableDeletionVectors' = 'true'", "'delta.feature.deletionVectors' = 'supported'"];
const LAYOUTS = ["", "PARTITIONED BY (part)"];

test.for(LAYOUTS.flatMap((options) => WAYS.map((ways) => [options, ways] as const)))(
  "every version keeps its rows, and the feed leads from one to the next: %s %s",
  { timeout: 120_000 },
  async ([options, ways]) => {
    const holds = fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 12 }), (steps) =>
        play(steps, options, ways),
      ),
      { numRuns: 6, endOnFailure: true },
    );
    await expect(holds).resolves.toBeUndefined();
  },
);
