import { type AddFile, fieldFacts, type Snapshot, type StructType } from "@clone-xs/delta";
import type { EngineSession } from "../engine/engine.ts";
import { failure } from "../execution/errors.ts";
import { engineError } from "../execution/run.ts";
import { typed } from "../execution/translate/typed.ts";
import { quoteName } from "../execution/translate/quote.ts";
import type { TranslatedQuery } from "../execution/translate/environment.ts";
import type { Work } from "../execution/work.ts";
import { afterGenerated } from "../execution/statements/identity.ts";
import { tableRows } from "../execution/statements/rows.ts";
import { rowsOf } from "../tables/read.ts";
import { writeFiles, type WrittenFiles } from "../tables/write.ts";
import { feedsChanges, keptRows, newRows, recordChanges } from "./change-data.ts";
import {
  FOUND_TABLE,
  NEW_TABLE,
  ownColumns,
  PLACE_COLUMNS,
  type RowAction,
  SOURCE_TABLE,
} from "./changes.ts";
import { maskFound, masksRows } from "./mask.ts";
import type { RowTarget, TargetFile } from "./target.ts";

/** Rows to change, still to be found. */
export interface RowChanges {
  readonly target: RowTarget;
  /** A DuckDB query of the rows of the source, its first column numbering them; kept for the whole statement. */
  readonly source?: string;
  /**
   * A DuckDB query of what to do with which row: the columns of {@link PLACE_COLUMNS}, then the table's own. `rows` is the target's rows with
   * their places.
   */
  readonly found: (rows: string) => string;
  /** The rows of the target that the statement may see, from all of them. */
  readonly visible: (rows: string) => string;
  readonly actions: readonly RowAction[];
  /** Whether a row may be found twice: when all that can happen to it is to be deleted. */
  readonly mayRepeat?: boolean;
}

/** Files written for the changes, in no version yet. */
export interface Rewritten {
  readonly touched: readonly TargetFile[];
  /** New files, and after them those of `masked`. */
  readonly added: readonly AddFile[];
  /** Touched files that stay, each with a new deletion vector. */
  readonly masked: readonly AddFile[];
  /** Change data files, where the table has a feed that needs them. */
  readonly cdc: Awaited<ReturnType<typeof recordChanges>>;
  /** Rows by index of the action. */
  readonly counts: ReadonlyMap<number, bigint>;
  readonly copied: bigint;
  readonly sourceRows: bigint;
  /** When identity columns gave values: the schema with their marks moved on. */
  readonly schema?: StructType;
}

/**
 * Finds the rows and writes what becomes of them. Where the table has deletion vectors the old rows are masked in their files; otherwise
 * the touched files are written anew, by copy-on-write: rows nothing is done with are copied as they are.
 */
export async function rewrite(work: Work, changes: RowChanges): Promise<Rewritten> {
  const options = work.signal === undefined ? {} : { signal: work.signal };
  try {
    return await work.context.engine.session((session) => rewriteIn(session, work, changes), options);
  } catch (error) {
    throw engineError(error);
  }
}

async function rewriteIn(session: EngineSession, work: Work, changes: RowChanges): Promise<Rewritten> {
  const { target, source, visible, mayRepeat = false } = changes;
  const { base } = target;
  const masks = masksRows(base);
  const isFed = feedsChanges(base);
  const files = target.files.map(({ read }) => read);
  const all = rowsOf(target.base, files, { withPlace: true }).sql;
  if (source !== undefined) await session.query(`CREATE TEMP TABLE ${SOURCE_TABLE} AS ${source}`);
  await session.query(
    `CREATE TEMP TABLE ${FOUND_TABLE} AS ${foundRows(changes, visible(all), isFed && !masks)}`,
  );
  if (source !== undefined) await withoutRepeats(session, mayRepeat);
  const { counts, touched } = await counted(session);
  const sourceRows = source === undefined ? 0n : await countOf(session, SOURCE_TABLE);
  if (counts.size === 0)
    return { touched: [], added: [], masked: [], cdc: [], counts, copied: 0n, sourceRows };
  const { changed, schema } = changedParts(work, changes, counts);
  const hasNew = isFed && changed.length > 0;
  if (hasNew) await session.query(`CREATE TEMP TABLE ${NEW_TABLE} AS ${newRows(base, changed)}`);
  const parts = [
    ...(touched.size > 0 && !masks ? [copiedRows(target, touched)] : []),
    ...(hasNew ? [keptRows(base)] : changed.map(({ sql }) => sql)),
  ];
  const written = await writtenRows(session, work, base, parts);
  const masked = masks && touched.size > 0 ? await maskFound(session, work, target) : [];
  const copied = written.rows - madeRows(changes.actions, counts);
  // Where only whole files and masked rows come and go, they tell the changes themselves.
  const isTold = copied === 0n && changed.every(({ change }) => change === "insert");
  const cdc =
    isFed && !isTold ? await recordChanges(session, work, { base, actions: changes.actions, hasNew }) : [];
  return {
    touched: target.files.filter((_, i) => touched.has(i)),
    added: [...written.files, ...masked],
    masked,
    cdc,
    counts,
    copied,
    sourceRows,
    ...(schema !== base.metadata.schema && { schema }),
  };
}

/** The query of the rows to change: whole where they are needed as they were, otherwise their places alone, so that no more columns are read than find them. */
function foundRows({ found, actions }: RowChanges, rows: string, recordsOld: boolean): string {
  const sql = found(rows);
  if (recordsOld || actions.some(({ change }) => change === "update")) return sql;
  return `SELECT ${Object.values(PLACE_COLUMNS).join(", ")} FROM (${sql}) AS t`;
}

/** Writes the rows of all queries together. */
async function writtenRows(
  session: EngineSession,
  { context: { uuid } }: Work,
  { root, metadata }: Snapshot,
  parts: readonly string[],
): Promise<WrittenFiles> {
  if (parts.length === 0) return { files: [], rows: 0n };
  const query = parts.map((part) => `(${part})`).join(" UNION ALL ");
  return writeFiles(session, { root, metadata, query, uuid });
}

/** The new rows of each action, and the schema once identity columns gave their values: each action goes on where the one before ended. */
function changedParts(
  work: Work,
  { target, source, actions }: RowChanges,
  counts: ReadonlyMap<number, bigint>,
) {
  const changed: { readonly change: "update" | "insert"; readonly sql: string }[] = [];
  let { schema } = target.base.metadata;
  for (const [i, action] of actions.entries()) {
    const count = counts.get(i);
    if (action.change === "delete" || count === undefined) continue;
    const base = { ...target.base, metadata: { ...target.base.metadata, schema } };
    const { change, values } = action;
    changed.push({
      change,
      sql: changedRows(work, { base, hasSource: source !== undefined }, action, i),
    });
    if (change === "insert") schema = afterGenerated(schema, (c) => values.has(c), count) ?? schema;
  }
  return { changed, schema };
}

/** Rows that the actions leave behind. */
function madeRows(actions: readonly RowAction[], counts: ReadonlyMap<number, bigint>): bigint {
  return actions.reduce(
    (sum, { change }, i) => (change === "delete" ? sum : sum + (counts.get(i) ?? 0n)),
    0n,
  );
}

/** A row that is found twice would become two rows, or either of two: refused, unless it only goes away. */
async function withoutRepeats(session: EngineSession, mayRepeat: boolean): Promise<void> {
  const { file, row } = PLACE_COLUMNS;
  const repeated = `FROM ${FOUND_TABLE} WHERE ${file} IS NOT NULL GROUP BY ${file}, ${row} HAVING count(*) > 1`;
  const { rows } = await session.query(`SELECT 1 ${repeated} LIMIT 1`);
  if (rows.length === 0) return;
  if (!mayRepeat)
    throw failure(
      "DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE",
      "21506",
      "Cannot perform Merge as multiple source rows matched and attempted to modify the same\ntarget row in the Delta table in possibly conflicting ways. By SQL semantics of Merge,\nwhen multiple source rows match on the same target row, the result may be ambiguous\nas it is unclear which source row should be used to update or delete the matching\ntarget row. You can preprocess the source table to eliminate the possibility of\nmultiple matches.",
    );
  await session.query(
    `DELETE FROM ${FOUND_TABLE} WHERE rowid NOT IN (SELECT min(rowid) FROM ${FOUND_TABLE} GROUP BY ${file}, ${row}, CASE WHEN ${file} IS NULL THEN rowid END)`,
  );
}

async function counted(session: EngineSession) {
  const { file, action } = PLACE_COLUMNS;
  const { rows } = await session.query(
    `SELECT CAST(${file} AS VARCHAR), CAST(${action} AS VARCHAR), CAST(count(*) AS VARCHAR) FROM ${FOUND_TABLE} GROUP BY ALL`,
  );
  const counts = new Map<number, bigint>();
  for (const [, index, count] of rows)
    counts.set(Number(index), (counts.get(Number(index)) ?? 0n) + BigInt(count ?? "0"));
  return { counts, touched: new Set(rows.flatMap(([at]) => (at === null ? [] : [Number(at)]))) };
}

async function countOf(session: EngineSession, table: string): Promise<bigint> {
  const { rows } = await session.query(`SELECT CAST(count(*) AS VARCHAR) FROM ${table}`);
  return BigInt(rows[0]?.[0] ?? "0");
}

/** The rows of the touched files that nothing is done with. */
function copiedRows({ base, files }: RowTarget, touched: ReadonlySet<number>): string {
  const { file, row } = PLACE_COLUMNS;
  const numbers = [...touched];
  const rows = rowsOf(
    base,
    numbers.flatMap((i) => files[i]?.read ?? []),
    { withPlace: true },
  );
  const number = `CAST([${numbers.join(", ")}] AS BIGINT[])[t.${file} + 1]`;
  const columns = ownColumns(base).map(({ name }) => `t.${name}`);
  return `SELECT ${columns.join(", ")} FROM ${rows.sql} AS t WHERE NOT EXISTS (SELECT 1 FROM ${FOUND_TABLE} AS x WHERE x.${file} = ${number} AND x.${row} = t.${row})`;
}

/** The rows of one action as they shall be: cast, filled in, checked. */
function changedRows(
  work: Work,
  { base, hasSource }: { readonly base: Snapshot; readonly hasSource: boolean },
  { change, values, holds }: Exclude<RowAction, { change: "delete" }>,
  index: number,
): string {
  const { source, action } = PLACE_COLUMNS;
  const columns = base.metadata.schema.fields.flatMap((field, i) => {
    const value = values.get(field.name.toLowerCase());
    const isSet = values.has(field.name.toLowerCase());
    const isKept = change === "update" && !isSet && fieldFacts(field).generationExpression === undefined;
    if (value === undefined && !isKept) return [];
    const { sql, type } = value ?? typed(`t.${quoteName(field.name)}`, field.type);
    return [{ name: field.name, type, id: `v${i}`, sql }];
  });
  const items = columns.map(({ sql, id }) => `${sql} AS ${id}`).join(", ") || "1 AS v";
  const join = hasSource ? ` LEFT JOIN ${SOURCE_TABLE} AS s ON s.${source} = t.${source}` : "";
  const query: TranslatedQuery = {
    sql: `SELECT ${items} FROM ${FOUND_TABLE} AS t${join} WHERE t.${action} = ${index}`,
    columns,
  };
  const assignment = new Map(columns.map((c) => [c.name.toLowerCase(), c.id]));
  const rows = tableRows(work, query, base.metadata, assignment);
  if (holds === undefined) return rows;
  return `SELECT * FROM (${rows}) AS t WHERE CASE WHEN coalesce(${holds.condition}, false) THEN true ELSE ${holds.error} END`;
}
