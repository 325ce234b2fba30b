import { id, lit, setTableProperties, sql, statement } from "@clone-xs/sql";
import { type Catalog, fullName, type ObjectName, type Table, type Workspace } from "@clone-xs/unity";
import { changeOf, isClone } from "../decide/change.ts";
import { hasVersions, impossibleReason, isView } from "../decide/cloneable.ts";
import { isCloneOf, readStamp } from "../decide/provenance.ts";
import { CloneError } from "../errors.ts";
import { readHistories } from "../inspect/history.ts";
import { inParallel } from "../inspect/in-parallel.ts";
import { type HistoryRead, localKey } from "../inspect/inventory.ts";
import { type ConfiguredPrices, streamCost } from "./cost.ts";
import { RUN_PREFIX, streamOfRun } from "./names.ts";
import { newestCommits } from "./newest.ts";
import type { FirstCopy, PlannedStreamTable, StreamPlan, StreamProblem } from "./plan.ts";
import { type Commit, type Ends, type Kept, keptBy } from "./position.ts";
import { newestStatements } from "./program.ts";
import { type StreamRequest, tableParts } from "./request.ts";
import { sending } from "./sync-table.ts";
import { type Method, type TableProgram, tableProgram } from "./table-program.ts";

/** A stream as it would be run, with what was seen of it. */
export interface Survey {
  readonly plan: StreamPlan;
  readonly tables: readonly SurveyedTable[];
}

export interface SurveyedTable {
  readonly program: TableProgram;
  readonly ends: Ends;
  readonly newest: Commit;
  readonly firstCopy: FirstCopy;
  /** What the copy says of itself, when it is there. */
  readonly kept?: Kept;
}

export interface SurveyPorts {
  readonly workspace: Workspace;
  readonly prices?: ConfiguredPrices;
}

/** Calls and statements under way at the same time. */
const PARALLEL = 8;

/** Looks at both ends of a stream and judges each table. Changes nothing. Throws CATALOG_NOT_FOUND and SCHEMA_NOT_FOUND. */
export async function surveyStream(
  request: StreamRequest,
  { workspace, prices }: SurveyPorts,
): Promise<Survey> {
  const { found, skipped, problems } = await sourceTables(request, workspace);
  const seen = await lookAt(found, request, workspace);
  const judged = seen.map((one) => judge(one, request));
  const tables = judged.flatMap(({ surveyed }) => surveyed ?? []);
  const all = [...problems, ...keyProblems(request, found), ...judged.flatMap((one) => one.problems)];
  const none: readonly StreamProblem[] =
    found.length === 0 && all.length === 0
      ? [
          {
            table: null,
            code: "NOTHING_TO_SYNC",
            message: `Schema ${request.schema ?? ""} has no table that can be kept in sync.`,
          },
        ]
      : [];
  return {
    tables,
    plan: {
      stream_id: request.streamId,
      source_catalog: request.sourceCatalog,
      destination_catalog: request.destinationCatalog,
      schema: request.schema ?? null,
      trigger_ms: request.triggerMs,
      tables: judged.flatMap(({ planned }) => planned ?? []),
      skipped,
      without_change_feed: seen
        .filter(({ feed }) => feed === false)
        .map(({ key, ends }) => ({ table: key, alter: addFeed(ends.source) })),
      problems: [...all, ...none],
      cost: streamCost(request, prices),
    },
  };
}

interface Found {
  readonly key: string;
  readonly table: Table;
}

interface SourceTables {
  readonly found: readonly Found[];
  readonly skipped: StreamPlan["skipped"];
  readonly problems: readonly StreamProblem[];
}

async function sourceTables(request: StreamRequest, { unity }: Workspace): Promise<SourceTables> {
  const { sourceCatalog: catalog, schema } = request;
  if ((await unity.catalog(catalog)) === undefined)
    throw new CloneError("CATALOG_NOT_FOUND", `There is no catalog ${catalog}.`, { object: catalog });
  if (schema !== undefined) return wholeSchema(catalog, schema, unity);
  const keys = [...new Map(request.tables.map((key) => [key.toLowerCase(), key])).values()];
  const looked = await inParallel(keys, PARALLEL, async (key) => {
    const [inSchema, name] = tableParts(key);
    return { key, table: await unity.table({ catalog, schema: inSchema, name }) };
  });
  return {
    found: looked.flatMap(({ key, table }) =>
      table === undefined || unfit(table) !== undefined ? [] : [{ key, table }],
    ),
    skipped: [],
    problems: looked.flatMap(({ key, table }): StreamProblem[] => {
      if (table === undefined)
        return [{ table: key, code: "TABLE_NOT_FOUND", message: `There is no table ${catalog}.${key}.` }];
      const reason = unfit(table);
      return reason === undefined
        ? []
        : [
            {
              table: key,
              code: "NOT_STREAMABLE",
              message: `${catalog}.${key} cannot be kept in sync: ${reason}.`,
            },
          ];
    }),
  };
}

async function wholeSchema(
  catalog: string,
  schema: string,
  unity: Workspace["unity"],
): Promise<SourceTables> {
  const schemas = await unity.schemas(catalog);
  if (!schemas.some((one) => one.schema.toLowerCase() === schema.toLowerCase()))
    throw new CloneError("SCHEMA_NOT_FOUND", `There is no schema ${catalog}.${schema}.`, {
      object: `${catalog}.${schema}`,
    });
  const tables = await unity.tables(catalog, schema);
  const keyed = tables.map((table) => ({ key: `${table.schema}.${table.name}`, table }));
  return {
    found: keyed.filter(({ table }) => unfit(table) === undefined),
    skipped: keyed.flatMap(({ key, table }) => {
      const reason = unfit(table);
      return reason === undefined ? [] : [{ table: key, reason }];
    }),
    problems: [],
  };
}

/** Why a table cannot be kept in sync. */
function unfit(table: Table): string | undefined {
  if (isView(table)) return "it is a view";
  const impossible = impossibleReason(table, "DEEP");
  if (impossible !== undefined) return impossible;
  const versions = hasVersions(table) || isShared(table);
  return versions ? undefined : `a table of format ${table.format ?? "unknown"} has no versions`;
}

function isShared({ format }: Table): boolean {
  return format?.toUpperCase() === "DELTASHARING";
}

function addFeed(source: ObjectName): string {
  return setTableProperties(source, { "delta.enableChangeDataFeed": "true" }).text;
}

interface Seen {
  readonly key: string;
  readonly table: Table;
  readonly ends: Ends;
  readonly keyed: Keyed | undefined;
  readonly newest: Commit | Error;
  /** Whether its changes can be read; `undefined` when that could not be told. */
  readonly feed: boolean | undefined;
  readonly target: Table | undefined;
  readonly targetHistory: HistoryRead | undefined;
  /** Streams that run. */
  readonly active: ReadonlySet<string>;
}

interface Keyed {
  readonly columns: readonly string[];
  readonly from: "request" | "primary_key";
}

async function lookAt(
  found: readonly Found[],
  request: StreamRequest,
  workspace: Workspace,
): Promise<readonly Seen[]> {
  const { unity, statements, jobs } = workspace;
  const ended = found.map(({ key, table }) => ({ key, table, ends: endsOf(table, request) }));
  const programs = ended.map(({ key, ends }) => tableProgram(request.streamId, key, ends, { kind: "clone" }));
  const newest = await newestCommits(
    { tables: programs, newest: newestStatements(programs) },
    sending(statements, undefined),
  );
  const destination: Catalog | undefined = await unity.catalog(request.destinationCatalog);
  const targets = await inParallel(ended, PARALLEL, async ({ ends }) =>
    destination === undefined ? undefined : unity.table(ends.target),
  );
  const clones = ended.flatMap(({ ends }, i) => {
    const target = targets[i];
    return target !== undefined && isCloneOf(readStamp(target.properties, target), ends.source)
      ? [ends.target]
      : [];
  });
  const histories = await readHistories(statements, clones, { limit: 50, parallel: PARALLEL });
  const runs = await jobs.runs({ activeOnly: true, namePrefix: RUN_PREFIX });
  const active = new Set(runs.flatMap(({ name }) => streamOfRun(name) ?? []));
  return inParallel([...ended.entries()], PARALLEL, async ([i, { key, table, ends }]) => {
    const commit = newest.get(key) ?? new Error("it has none");
    return {
      key,
      table,
      ends,
      keyed: keyOf(key, table, request),
      newest: commit,
      feed: commit instanceof Error ? undefined : await canReadChanges(ends.source, commit, workspace),
      target: targets[i],
      targetHistory: histories[localKey(ends.target)],
      active,
    };
  });
}

function endsOf({ catalog, schema, name }: Table, { destinationCatalog }: StreamRequest): Ends {
  return { source: { catalog, schema, name }, target: { catalog: destinationCatalog, schema, name } };
}

function keyOf(key: string, table: Table, { keys }: StreamRequest): Keyed | undefined {
  const said = keys[key.toLowerCase()];
  if (said !== undefined) return { columns: said, from: "request" };
  const primary = table.constraints.find((constraint) => constraint.kind === "primary_key");
  return primary === undefined ? undefined : { columns: primary.columns, from: "primary_key" };
}

/** By reading: the property alone may be set and the changes not yet, or no longer, there. */
async function canReadChanges(
  source: ObjectName,
  { version }: Commit,
  { statements }: Workspace,
): Promise<boolean> {
  const at = lit(BigInt(version));
  const probe = sql`SELECT 1 FROM table_changes(${lit(id(source).text)}, ${at}, ${at}) LIMIT 0`;
  return statements.execute(statement("select", probe)).then(
    () => true,
    () => false,
  );
}

interface Judged {
  readonly planned?: PlannedStreamTable;
  readonly surveyed?: SurveyedTable;
  readonly problems: readonly StreamProblem[];
}

function judge(seen: Seen, request: StreamRequest): Judged {
  const { key, ends, keyed, newest, feed } = seen;
  const source = fullName(ends.source);
  if (newest instanceof Error) {
    const message = `The history of ${source} cannot be read: ${newest.message}`;
    return { problems: [{ table: key, code: "NO_HISTORY", message }] };
  }
  const { method, reason } = methodOf(keyed, feed === true, request);
  const standing = standingOf(seen, request);
  const problems = [...feedProblems(seen, method), ...standing.problems];
  const program = tableProgram(request.streamId, key, ends, method);
  return {
    problems,
    surveyed: { program, ends, newest, ...standing },
    planned: {
      table: key,
      source,
      target: fullName(ends.target),
      method: method.kind,
      reason,
      keys: keyed?.columns ?? [],
      keys_from: keyed?.from ?? null,
      change_feed: feed === true,
      first_copy: standing.firstCopy,
      source_version: newest.version,
    },
  };
}

function methodOf(
  keyed: Keyed | undefined,
  feed: boolean,
  { withoutChangeFeed }: StreamRequest,
): { readonly method: Method; readonly reason: string } {
  if (keyed === undefined)
    return { method: { kind: "clone" }, reason: "it has no primary key, and the request names none" };
  if (!feed && withoutChangeFeed === "clone")
    return { method: { kind: "clone" }, reason: "its changes cannot be read" };
  const where = keyed.from === "request" ? "the request" : "its primary key";
  return { method: { kind: "merge", keys: keyed.columns }, reason: `${where} tells its rows apart` };
}

function feedProblems({ key, table, ends, feed }: Seen, method: Method): readonly StreamProblem[] {
  if (feed === true || method.kind !== "merge") return [];
  const remedy = addFeed(ends.source);
  const where = isShared(table)
    ? `Its provider has to share it with its change data feed, or add that first: there ${remedy}`
    : `It has no change data feed: ${remedy}`;
  const message = `The changes of ${fullName(ends.source)} cannot be read. ${where} adds it; without_change_feed = "clone" does without.`;
  return [{ table: key, code: "NO_CHANGE_FEED", message, remedy }];
}

interface Standing {
  readonly firstCopy: FirstCopy;
  readonly kept?: Kept;
  readonly problems: readonly StreamProblem[];
}

/** What is there under the copy's name already. */
function standingOf(
  { key, ends, target, targetHistory, active }: Seen,
  { streamId }: StreamRequest,
): Standing {
  const problem = (code: StreamProblem["code"], message: string): Standing => ({
    firstCopy: "replace",
    problems: [{ table: key, code, message }],
  });
  const [source, name] = [fullName(ends.source), fullName(ends.target)];
  if (target === undefined) return { firstCopy: "create", problems: [] };
  const kept = keptBy(target.properties, ends.target);
  if (kept !== undefined && kept.source.toLowerCase() === source.toLowerCase()) {
    if (kept.stream !== streamId && active.has(kept.stream))
      return problem("TARGET_TAKEN", `${name} is kept in sync by stream ${kept.stream}, which runs.`);
    return { firstCopy: "continue", kept, problems: [] };
  }
  if (kept !== undefined || !isCloneOf(readStamp(target.properties, target), ends.source))
    return problem(
      "FOREIGN_TARGET",
      `${name} is there and is no copy of ${source}. Nothing foreign is replaced.`,
    );
  if (!isUntouched(targetHistory))
    return problem(
      "TARGET_MODIFIED",
      `${name} is a clone of ${source} that was changed since. It is not replaced.`,
    );
  return { firstCopy: "replace", problems: [] };
}

function isUntouched(history: HistoryRead | undefined): boolean {
  if (history?.ok !== true) return false;
  const cloned = history.entries.findIndex(isClone);
  return cloned >= 0 && history.entries.slice(0, cloned).every((entry) => changeOf(entry) !== "data");
}

function keyProblems({ keys }: StreamRequest, found: readonly Found[]): readonly StreamProblem[] {
  const byKey = new Map(found.map((one) => [one.key.toLowerCase(), one.table]));
  return Object.entries(keys).flatMap(([key, columns]): StreamProblem[] => {
    const table = byKey.get(key);
    if (table === undefined)
      return [
        { table: key, code: "UNKNOWN_KEY", message: `keys names ${key}, which is not in this stream.` },
      ];
    const known = new Set(table.columns.map(({ name }) => name.toLowerCase()));
    return columns
      .filter((column) => !known.has(column.toLowerCase()))
      .map((column) => ({
        table: key,
        code: "UNKNOWN_KEY",
        message: `keys names ${column}, which is no column of ${key}.`,
      }));
  });
}
