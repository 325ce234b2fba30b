import { WorkspaceError } from "@clone-xs/unity";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Memory, runTick, type StreamEvent } from "../src/streams/loop.ts";
import type { Commit } from "../src/streams/position.ts";
import { programOf, type StreamProgram } from "../src/streams/program.ts";
import { makeFirstCopies } from "../src/streams/first-copy.ts";
import { surveyStream } from "../src/streams/survey.ts";
import { type Send, sending } from "../src/streams/sync-table.ts";
import { openStreamingWorkspace, streamRequest, type StreamingWorkspace } from "./streams.ts";

/**
 * Whatever happens to a source between two looks at it, the copy is what the source is after the next look that is not cut short: random
 * statements, ticks, kills between the rows and the position, and changes that are delivered again.
 */
let w: StreamingWorkspace;
beforeAll(async () => {
  w = await openStreamingWorkspace();
  await w.sql("CREATE CATALOG src", "CREATE SCHEMA src.s", "CREATE CATALOG dst", "CREATE SCHEMA dst.s");
});
afterAll(() => w.close());

type Keys = "primary" | "composite" | "none";

interface Kind {
  readonly keys: Keys;
  /** Whether columns can be renamed and dropped. */
  readonly mapped: boolean;
}

type Step =
  | {
      readonly kind: "insert" | "merge" | "overwrite";
      readonly ids: readonly number[];
      readonly part: string;
    }
  | { readonly kind: "update" | "move" | "delete"; readonly modulus: number; readonly part: string }
  | { readonly kind: Bare; readonly part: string };
type Bare = (typeof BARE)[number];
const BARE = [
  "truncate",
  "optimize",
  "restore",
  "property",
  "comment",
  "add column",
  "add nested column",
  "rename column",
  "swap column",
  "recreate",
  "replace",
  "feed off and on",
  "tick",
  "killed",
  "again",
  "restart",
] as const;

const part = fc.constantFrom("x", "y", "it's");
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom("insert", "insert", "merge", "overwrite"),
      ids: fc.array(fc.nat(7), { minLength: 1, maxLength: 4 }),
      part,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("update", "move", "delete"),
      modulus: fc.integer({ min: 1, max: 4 }),
      part,
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom(...BARE), part }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom("tick", "killed", "again"), part }) },
);

const properties = ({ mapped }: Kind) =>
  `TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true'${mapped ? ", 'delta.columnMapping.mode' = 'name'" : ""})`;
const create = (table: string, of: Kind) =>
  `CREATE TABLE src.s.${table} (id INT NOT NULL, part STRING, n BIGINT${of.keys === "primary" ? `, CONSTRAINT ${table}_pk PRIMARY KEY (id)` : ""})
   ${properties(of)}`;

let columns = 0;
const newColumn = () => `c${++columns}`;
const quoted = (text: string) => `'${text.replaceAll("'", "\\'")}'`;

/** What a step sends to the source. Columns beside the three are filled by nobody. */
function statementsOf(taken: Step, table: string, of: Kind): readonly string[] {
  const t = `src.s.${table}`;
  const p = quoted(taken.part);
  switch (taken.kind) {
    case "insert":
      return [
        `INSERT INTO ${t} (id, part, n) VALUES ${taken.ids.map((id) => `(${id}, ${p}, ${id})`).join(", ")}`,
      ];
    case "overwrite":
      return [
        `DELETE FROM ${t} WHERE id > 3`,
        `INSERT OVERWRITE ${t} SELECT * FROM ${t} WHERE id IN (${taken.ids.join(", ")})`,
      ];
    case "merge": {
      const rows = [...new Set(taken.ids)].map((id) => `(${id}, ${p})`).join(", ");
      return [
        `MERGE INTO ${t} AS t USING (VALUES ${rows}) AS s(id, part) ON t.id = s.id
         WHEN MATCHED AND s.id % 3 = 0 THEN DELETE
         WHEN MATCHED THEN UPDATE SET t.part = s.part, t.n = t.n + 1
         WHEN NOT MATCHED THEN INSERT (id, part, n) VALUES (s.id, s.part, 0)`,
      ];
    }
    case "update":
      return [`UPDATE ${t} SET n = n + 1, part = ${p} WHERE id % ${taken.modulus} = 0`];
    case "move":
      return [`UPDATE ${t} SET id = id + ${taken.modulus} WHERE id % 2 = 0`];
    case "delete":
      return [`DELETE FROM ${t} WHERE id % ${taken.modulus} = 0`];
    case "truncate":
      return [`TRUNCATE TABLE ${t}`];
    case "optimize":
      return [`OPTIMIZE ${t}`];
    case "restore":
      return [`RESTORE TABLE ${t} TO VERSION AS OF 0`];
    case "property":
      return [`ALTER TABLE ${t} SET TBLPROPERTIES ('note' = ${p})`];
    case "comment":
      return [`COMMENT ON TABLE ${t} IS ${p}`];
    case "add column":
      return [`ALTER TABLE ${t} ADD COLUMNS (${newColumn()} DECIMAL(10,2))`];
    case "add nested column":
      // The embedded workspace does not write nested columns under column mapping.
      if (of.mapped) return [];
      return [`ALTER TABLE ${t} ADD COLUMNS (${newColumn()} STRUCT<a: INT>)`];
    case "rename column":
      if (!of.mapped) return [];
      return [
        `ALTER TABLE ${t} RENAME COLUMN n TO ${newColumn()}`,
        `ALTER TABLE ${t} ADD COLUMNS (n BIGINT)`,
      ];
    case "swap column":
      if (!of.mapped) return [];
      return [`ALTER TABLE ${t} DROP COLUMN n`, `ALTER TABLE ${t} ADD COLUMNS (n BIGINT)`];
    case "recreate":
      return [`DROP TABLE ${t}`, create(table, of), `INSERT INTO ${t} VALUES (1, ${p}, 1), (2, ${p}, 2)`];
    case "replace":
      return [`CREATE OR REPLACE TABLE ${t} ${properties(of)} AS SELECT id, part, n FROM ${t} WHERE id > 1`];
    case "feed off and on":
      return [
        `ALTER TABLE ${t} SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'false')`,
        `INSERT INTO ${t} (id, part, n) VALUES (5, ${p}, 5)`,
        `ALTER TABLE ${t} SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')`,
      ];
    case "tick":
    case "killed":
    case "again":
    case "restart":
      return [];
  }
}

const newMemory = (): Memory => ({ positions: new Map(), failures: new Map() });

/** Sends everything but the position after a merge. */
function killedBeforeKeep(send: Send): Send {
  return (text, kind, values) => {
    if (
      kind === "alter" &&
      text.some((piece) => typeof piece === "string" && piece.includes("SET TBLPROPERTIES"))
    )
      throw new WorkspaceError("UNAVAILABLE", "killed", { retryable: true });
    return send(text, kind, values);
  };
}

let tables = 0;
let merges = 0;
const count = (event: StreamEvent) => {
  if (event.type === "synced" && event.synced.how === "merge") merges++;
};

test.each<Keys>(["primary", "composite", "none"])(
  "a copy whose key is %s is its source after every tick",
  async (keys) => {
    merges = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 4, maxLength: 14 }),
        fc.boolean(),
        async (steps, mapped) => {
          const of = { keys, mapped };
          const table = `t${++tables}`;
          await w.sql(
            create(table, of),
            `INSERT INTO src.s.${table} VALUES (1, 'a', 1), (2, 'b', 2), (4, 'd', 4)`,
          );
          const { program, first } = await started(table, keys);
          const send = sending(w.ports().workspace.statements, undefined);
          let memory = newMemory();
          for (const taken of [...steps, { kind: "tick", part: "" } as const]) {
            for (const text of statementsOf(taken, table, of)) await w.sql(text);
            if (taken.kind === "tick" || taken.kind === "again" || taken.kind === "restart") {
              if (taken.kind === "restart") memory = newMemory();
              if (taken.kind === "again") memory = await setBack(program, first, send);
              await runTick(program, memory, send, { log: count });
              await expectSame(table, memory);
            }
            if (taken.kind === "killed") {
              await runTick(program, memory, killedBeforeKeep(send), {});
              memory = newMemory();
            }
          }
        },
      ),
      // Whatever else comes, a merge does.
      { numRuns: 8, examples: [[[{ kind: "insert", ids: [6], part: "a" }], false]] },
    );
    expect(merges > 0).toBe(keys !== "none");
  },
  300_000,
);

async function started(
  table: string,
  keys: Keys,
): Promise<{ readonly program: StreamProgram; readonly first: Commit }> {
  const request = streamRequest({
    source_catalog: "src",
    destination_catalog: "dst",
    tables: [`s.${table}`],
    ...(keys === "composite" ? { keys: { [`s.${table}`]: ["id", "part"] } } : {}),
  });
  const survey = await surveyStream(request, w.ports());
  expect(survey.plan.problems).toEqual([]);
  await makeFirstCopies(survey.tables, request, w.ports());
  const [surveyed] = survey.tables;
  if (surveyed === undefined) throw new Error("nothing was surveyed");
  return { program: programOf(request, [surveyed.program]), first: surveyed.newest };
}

/** The copy says that it is where it was at first: what came since is delivered again. */
async function setBack({ tables: [table] }: StreamProgram, first: Commit, send: Send): Promise<Memory> {
  await send(table?.statements.keep ?? [], "alter", { to: first.version, at: first.at });
  return newMemory();
}

async function expectSame(table: string, { failures }: Memory): Promise<void> {
  expect([...failures]).toEqual([]);
  expect(await contentOf(`dst.s.${table}`)).toEqual(await contentOf(`src.s.${table}`));
}

async function contentOf(table: string) {
  const { columns: found, rows } = await w
    .ports()
    .workspace.statements.execute({ text: `SELECT * FROM ${table}`, kind: "select", effect: "read" });
  return {
    columns: found.map(({ name, typeText }) => `${name} ${typeText}`),
    rows: rows.map((row) => JSON.stringify(row)).sort(),
  };
}
