import { type DeltaTable, type LiveFile, rewriteFiles, type Snapshot } from "@clone-xs/delta";
import type { Expression, Identifier } from "@clone-xs/sql";
import { FILE_COLUMN, filesOf, type ReadFile, rowsOf } from "../../tables/read.ts";
import { snapshotOf } from "../catalog/resolve-table.ts";
import { environmentFor } from "../catalog/view.ts";
import { failure, quotedParts, unresolvedColumn, unsupported } from "../errors.ts";
import type { ExecutionResult } from "../execution.ts";
import { partsOf } from "../object-names.ts";
import { runPlain } from "../run.ts";
import { cast } from "../translate/casts.ts";
import type { Environment, Scope } from "../translate/environment.ts";
import { quoteName } from "../translate/quote.ts";
import { BOOLEAN, LONG } from "../types/types.ts";
import { table, type Work } from "../work.ts";
import { writeRows, writeTarget } from "./insert.ts";
import { rowScope, tableRows } from "./rows.ts";
import { provenance, type StatementOf } from "./statement.ts";

/** The rows to change, found: which of the table's files hold any. */
interface Found {
  readonly base: Snapshot;
  readonly table: DeltaTable;
  readonly environment: Environment;
  readonly scope: Scope;
  /** DuckDB's condition over a relation called `t`. */
  readonly condition: string;
  readonly touched: readonly { readonly live: LiveFile; readonly read: ReadFile }[];
  readonly matched: bigint;
}

/** DELETE FROM, by copy-on-write: files with matching rows are written again without them. */
export async function deleteRows(work: Work, statement: StatementOf<"delete">): Promise<ExecutionResult> {
  const found = await find(work, statement, "DELETE");
  if (found.touched.length > 0) {
    const kept = rowsOf(
      found.base,
      found.touched.map(({ read }) => read),
    );
    const all = statement.where === undefined;
    const written = all
      ? { files: [] }
      : await writeRows(
          work,
          found.base,
          `SELECT * FROM ${kept.sql} AS t WHERE NOT coalesce(${found.condition}, false)`,
        );
    await commit(work, found, written.files, {
      operation: "DELETE",
      predicate: statement.where,
      rows: { numDeletedRows: found.matched },
    });
  }
  return table([["num_affected_rows", LONG]], [[String(found.matched)]]);
}

/** UPDATE … SET, by copy-on-write; all values are computed from the row as it was. */
export async function updateRows(work: Work, statement: StatementOf<"update">): Promise<ExecutionResult> {
  const found = await find(work, statement, "UPDATE");
  if (found.touched.length > 0) {
    const written = await writeRows(work, found.base, updatedRows(work, statement, found));
    await commit(work, found, written.files, {
      operation: "UPDATE",
      predicate: statement.where,
      rows: { numUpdatedRows: found.matched },
    });
  }
  return table([["num_affected_rows", LONG]], [[String(found.matched)]]);
}

async function find(
  work: Work,
  statement: {
    readonly target: StatementOf<"delete">["target"];
    readonly alias?: Identifier;
    readonly where?: Expression;
  },
  operation: "DELETE" | "UPDATE",
): Promise<Found> {
  const target = writeTarget(work, statement.target, operation);
  const base = await snapshotOf(target.table, target.parts);
  const { configuration, schema } = base.metadata;
  if (configuration["delta.appendOnly"] === "true")
    throw failure(
      "DELTA_CANNOT_MODIFY_APPEND_ONLY",
      "42809",
      "This table is configured to only allow appends. If you would like to permit updates or deletes, use 'ALTER TABLE <table_name> SET TBLPROPERTIES (delta.appendOnly=false)'.",
    );
  if (configuration["delta.enableChangeDataFeed"] === "true")
    throw unsupported(`${operation} on a table with a change data feed`);
  const environment = await environmentFor(work, statement);
  const scope = rowScope(
    schema.fields,
    statement.alias === undefined ? target.parts : [statement.alias.text],
  );
  const condition =
    statement.where === undefined
      ? "true"
      : cast(environment.translate.expression(statement.where, scope, environment), BOOLEAN).sql;
  const live = [...base.files()];
  const read = await filesOf(base, target.table.environment.storage);
  const counts = await matches(work, base, read, condition);
  const touched = live.flatMap((file, i) => {
    const other = read[i];
    return counts.has(i) && other !== undefined ? [{ live: file, read: other }] : [];
  });
  const matched = [...counts.values()].reduce((a, b) => a + b, 0n);
  return { base, table: target.table, environment, scope, condition, touched, matched };
}

/** How many rows of each file (by its place in the list) meet the condition. */
async function matches(
  work: Work,
  base: Snapshot,
  files: readonly ReadFile[],
  condition: string,
): Promise<ReadonlyMap<number, bigint>> {
  if (files.length === 0) return new Map();
  const { sql } = rowsOf(base, files, { withFile: true });
  const file = quoteName(FILE_COLUMN);
  const { rows } = await runPlain(
    work,
    `SELECT CAST(${file} AS VARCHAR), CAST(count(*) AS VARCHAR) FROM ${sql} AS t WHERE ${condition} GROUP BY ${file}`,
  );
  return new Map(rows.map(([index, count]) => [Number(index), BigInt(count ?? "0")]));
}

function updatedRows(
  work: Work,
  statement: StatementOf<"update">,
  { base, scope, environment, condition, touched }: Found,
): string {
  const { schema } = base.metadata;
  const values = new Map(
    statement.assignments.map(({ column, value }) => {
      const name = partsOf(column).at(-1)?.toLowerCase() ?? "";
      const field = schema.fields.find((f) => f.name.toLowerCase() === name);
      if (field === undefined)
        throw unresolvedColumn(
          quotedParts(partsOf(column)),
          schema.fields.map((f) => quotedParts([f.name])),
        );
      return [
        name,
        cast(environment.translate.expression(value, scope, environment), field.type).sql,
      ] as const;
    }),
  );
  const { sql } = rowsOf(
    base,
    touched.map(({ read }) => read),
  );
  const columns = schema.fields.map((field, i) => ({ name: field.name, type: field.type, id: `u${i}` }));
  const items = columns.map(({ name, id }) => {
    const value = values.get(name.toLowerCase());
    const old = `t.${quoteName(name)}`;
    return value === undefined
      ? `${old} AS ${id}`
      : `CASE WHEN ${condition} THEN ${value} ELSE ${old} END AS ${id}`;
  });
  const query = { sql: `SELECT ${items.join(", ")} FROM ${sql} AS t`, columns };
  return tableRows(
    work,
    query,
    base.metadata,
    new Map(columns.map(({ name, id }) => [name.toLowerCase(), id])),
  );
}

async function commit(
  work: Work,
  { base, table, touched }: Found,
  add: Parameters<typeof rewriteFiles>[1]["add"],
  said: {
    readonly operation: string;
    readonly predicate: Expression | undefined;
    readonly rows: Readonly<Record<string, bigint>>;
  },
): Promise<void> {
  const { predicate } = said;
  const bytes = (files: readonly { readonly size: number }[]) =>
    String(files.reduce((sum, f) => sum + f.size, 0));
  await rewriteFiles(table, {
    base,
    remove: touched.map(({ live }) => live),
    add,
    operation: said.operation,
    operationParameters: {
      predicate: JSON.stringify(
        predicate === undefined ? [] : [work.input.text.slice(predicate.start, predicate.end)],
      ),
    },
    operationMetrics: {
      numRemovedFiles: String(touched.length),
      numAddedFiles: String(add.length),
      numRemovedBytes: bytes(touched.map(({ live }) => live)),
      numAddedBytes: bytes(add),
      ...Object.fromEntries(Object.entries(said.rows).map(([key, value]) => [key, String(value)])),
    },
    ...provenance(work),
  });
}
