import type { At } from "@clone-xs/delta";
import {
  type Expression,
  parseFunctionBody,
  parseQuery,
  type TableReference,
  type TimeTravel,
} from "@clone-xs/sql";
import { fullName, type SchemaName } from "@clone-xs/unity";
import type { FunctionRecord, TableRecord } from "../../metastore/metastore.ts";
import { icebergTable } from "../../iceberg/table.ts";
import { parquetTable } from "../../tables/parquet-table.ts";
import { filesOf } from "../../tables/read.ts";
import { refuseUnshared } from "../../sharing/reading.ts";
import { type DetailCell, detailOf } from "../detail.ts";
import { failure, type Place, unsupported } from "../errors.ts";
import { informationSchema } from "../information-schema/index.ts";
import { nameParts, objectName, partsOf } from "../object-names.ts";
import { cast } from "../translate/casts.ts";
import { EMPTY_SCOPE, type RoutineSource } from "../translate/environment.ts";
import { typed } from "../translate/typed.ts";
import { changesKey, changesOf, type LoadedChanges } from "../table-changes.ts";
import { parseType } from "../types/text.ts";
import { isIntegral, isString, LONG, TIMESTAMP } from "../types/types.ts";
import { runPlain } from "../run.ts";
import type { Work } from "../work.ts";
import { blankEnvironment } from "./blank.ts";
import type { Found, Loaded } from "./loaded.ts";
import { findTable, snapshotOf } from "./resolve-table.ts";
import { mentionedIn } from "./walk.ts";

interface Text {
  readonly tree: unknown;
  readonly text: string;
  readonly namespace: SchemaName;
}

/**
 * Loads whatever the names in a tree may mean, views and SQL functions and what those name included. Names that mean nothing are simply not
 * found here; using them is the translator's error. Nothing is checked against privileges yet.
 */
export async function gather(work: Work, tree: unknown, text: string = work.input.text): Promise<Found> {
  const tables = new Map<string, Loaded | { kind: "failed"; error: unknown }>();
  const histories = new Map<string, Awaited<ReturnType<typeof historyOf>> | { error: unknown }>();
  const details = new Map<string, readonly DetailCell[] | { error: unknown }>();
  const changes = new Map<string, LoadedChanges>();
  const routines = new Map<string, RoutineSource>();
  const pending: Text[] = [{ tree, text, namespace: work.namespace }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const { namespace } = next;
    const mentioned = mentionedIn(next.tree);
    for (const call of mentioned.calls) {
      const record = functionNamed(work, partsOf(call), namespace);
      if (record === undefined || routines.has(fullName(record))) continue;
      routines.set(fullName(record), routineOf(record));
      pending.push({
        tree: routines.get(fullName(record))?.body,
        text: record.definition,
        namespace: record.namespace,
      });
    }
    for (const reference of mentioned.tables) {
      const key = tableKey(reference, namespace, next.text);
      if (tables.has(key)) continue;
      const loaded = await attempt(() => load(work, reference, namespace, next.text));
      tables.set(key, loaded);
      if (loaded.kind === "view")
        pending.push({
          tree: loaded.query,
          text: loaded.text,
          namespace: loaded.record.view?.namespace ?? namespace,
        });
      pending.push(...policyBodies(work, loaded, routines));
    }
    for (const { target, limit } of mentioned.histories) {
      const key = historyKey(target, limit, namespace);
      if (!histories.has(key))
        histories.set(
          key,
          await historyOf(work, target, limit, namespace).catch((error: unknown) => ({ error })),
        );
    }
    for (const call of mentioned.changes) {
      const key = changesKey(call, namespace, next.text);
      if (!changes.has(key))
        changes.set(
          key,
          await changesOf(work, call, namespace, next.text).catch((error: unknown) => ({ rows: { error } })),
        );
    }
    for (const target of mentioned.details) {
      const key = tableKey(target, namespace, next.text);
      if (!details.has(key))
        details.set(key, await detailOf(work, target, namespace).catch((error: unknown) => ({ error })));
    }
  }
  return { tables, histories, details, changes, routines };
}

async function attempt(load: () => Promise<Loaded>): Promise<Loaded | { kind: "failed"; error: unknown }> {
  try {
    return await load();
  } catch (error) {
    return { kind: "failed", error };
  }
}

/** The functions of a table's masks and row filter. */
function policyBodies(
  work: Work,
  loaded: Loaded | { kind: "failed" },
  routines: Map<string, RoutineSource>,
): readonly Text[] {
  const record = loaded.kind === "failed" ? undefined : loaded.record;
  const names = [
    ...(record?.columnMasks ?? []).map((m) => m.functionName),
    ...(record?.rowFilter === undefined ? [] : [record.rowFilter.functionName]),
  ];
  return names.flatMap((name) => {
    const found = functionNamed(work, name.split("."), work.namespace);
    if (found === undefined || routines.has(fullName(found))) return [];
    const routine = routineOf(found);
    routines.set(fullName(found), routine);
    return [{ tree: routine.body, text: found.definition, namespace: found.namespace }];
  });
}

/** The same reference in the same namespace has the same key; time travel counts by its text. */
export function tableKey(reference: TableReference, namespace: SchemaName, text: string): string {
  const target =
    reference.path === undefined
      ? fullName(objectName(partsOf(reference.name), namespace, { text, span: reference.name }))
      : `${reference.path.format}:${reference.path.path}`;
  const { timeTravel } = reference;
  const when =
    timeTravel === undefined
      ? ""
      : `@${timeTravel.kind} ${text.slice(timeTravel.value.start, timeTravel.value.end)}`;
  return `${target}${when}`;
}

export function historyKey(
  reference: TableReference,
  limit: number | undefined,
  namespace: SchemaName,
): string {
  return `${tableKey(reference, namespace, "")}#${limit ?? ""}`;
}

function functionNamed(
  work: Work,
  parts: readonly string[],
  namespace: SchemaName,
): FunctionRecord | undefined {
  return parts.length > 3 ? undefined : work.context.metastore.function(objectName(parts, namespace));
}

function routineOf(record: FunctionRecord): RoutineSource {
  return {
    fullName: fullName(record),
    owner: record.owner,
    text: record.definition,
    namespace: record.namespace,
    parameters: record.parameters.map((parameter) => ({
      name: parameter.name,
      type: parseType(parameter.typeText),
      ...(parameter.default !== undefined && { default: parseDefault(parameter.default) }),
    })),
    returns:
      record.returnColumns?.map((c) => ({ name: c.name, type: parseType(c.typeText) })) ??
      parseType(record.returns),
    body: parseFunctionBody(record.definition),
  };
}

function parseDefault(text: string): Expression {
  const body = parseFunctionBody(text);
  if (!("kind" in body))
    throw failure(
      "INVALID_DEFAULT_VALUE.SUBQUERY_EXPRESSION",
      "42623",
      `The default value ${text} contains a subquery.`,
    );
  return body;
}

async function load(
  work: Work,
  reference: TableReference,
  namespace: SchemaName,
  text: string,
): Promise<Loaded> {
  const place: Place = { text, span: reference.name };
  const information = await informationSchema(
    work,
    partsOf(reference.name),
    namespace,
    reference.path !== undefined,
    place,
  );
  if (information !== undefined) return { kind: "rows", name: information.name, rows: information.rows };
  const resolved = findTable(work, reference, namespace, place);
  if (resolved.kind === "path") {
    if (resolved.format === "parquet") return loadParquet(work, { location: resolved.location });
    // Databricks reads an Iceberg directory by path to clone and to convert it only.
    if (resolved.format === "iceberg") throw unsupported("SELECT from an Iceberg table by path", place);
    return loadDelta(
      work,
      { location: resolved.location, parts: [resolved.location] },
      reference.timeTravel,
      text,
    );
  }
  const { record, name } = resolved;
  if (record.view !== undefined) {
    if (reference.timeTravel !== undefined) throw timeTravelOfView(name, place);
    return { kind: "view", record, text: record.view.text, query: parseQuery(record.view.text) };
  }
  if (record.location === undefined) throw new RangeError(`table ${fullName(name)} has no location`);
  if (record.format === "PARQUET")
    return {
      ...(await loadParquet(work, { location: record.location, columns: record.columns ?? [] })),
      record,
      name,
    };
  if (record.format === "ICEBERG") {
    if (reference.timeTravel !== undefined) throw unsupported("time travel of an Iceberg table", place);
    return {
      kind: "files",
      directory: record.location,
      ...(await icebergTable(work, record.location)),
      record,
      name,
    };
  }
  refuseTravel(record, reference.timeTravel);
  refuseUnshared(record, reference.timeTravel === undefined ? "rows" : "version");
  return {
    ...(await loadDelta(
      work,
      { location: record.location, parts: nameParts(name) },
      reference.timeTravel,
      text,
    )),
    record,
    name,
  };
}

function timeTravelOfView(name: Parameters<typeof nameParts>[0], place: Place): Error {
  return failure(
    "UNSUPPORTED_FEATURE.TIME_TRAVEL",
    "0A000",
    `The feature is not supported: Time travel on the relation: ${nameParts(name)
      .map((p) => `\`${p}\``)
      .join(".")}.`,
    place,
  );
}

/** A masked or filtered table has no past that could be shown. */
function refuseTravel(record: TableRecord, timeTravel: TimeTravel | undefined): void {
  if (timeTravel !== undefined && isGuarded(record))
    throw failure(
      "UNSUPPORTED_FEATURE.ROW_COLUMN_ACCESS_TIME_TRAVEL",
      "0A000",
      `The feature is not supported: Time travel on table ${fullName(record)}, which has row filters or column masks.`,
    );
}

export function isGuarded(record: TableRecord): boolean {
  return record.rowFilter !== undefined || record.columnMasks.length > 0;
}

async function loadDelta(
  work: Work,
  { location, parts }: { readonly location: string; readonly parts: readonly string[] },
  timeTravel: TimeTravel | undefined,
  text: string,
): Promise<Extract<Loaded, { kind: "files" }>> {
  const table = work.context.deltaTable(location);
  const snapshot = await snapshotOf(table, parts, await moment(work, timeTravel, text));
  const files = await filesOf(snapshot, table.environment.storage, (sql) => runPlain(work, sql));
  return { kind: "files", directory: location, snapshot, files };
}

async function loadParquet(
  work: Work,
  source: Parameters<typeof parquetTable>[1],
): Promise<Extract<Loaded, { kind: "files" }>> {
  return { kind: "files", directory: source.location, ...(await parquetTable(work, source)) };
}

/** VERSION AS OF and TIMESTAMP AS OF: a constant expression, computed by the engine when it is no plain literal. */
export async function moment(
  work: Work,
  timeTravel: TimeTravel | undefined,
  text: string,
): Promise<At | undefined> {
  if (timeTravel === undefined) return undefined;
  const environment = blankEnvironment(work, text);
  const value = environment.translate.expression(timeTravel.value, EMPTY_SCOPE, environment);
  if (timeTravel.kind === "version") {
    if (!isIntegral(value.type) && !isString(value.type))
      throw failure(
        "INVALID_TIME_TRAVEL_SPEC",
        "42K0E",
        "Cannot specify a version that is no integer when time travelling the table.",
      );
    return { version: Number(await constant(work, `CAST(${cast(value, LONG).sql} AS VARCHAR)`)) };
  }
  const instant = typed(`epoch_ms(${cast(value, TIMESTAMP).sql})`, LONG);
  return { timestamp: Number(await constant(work, `CAST(${instant.sql} AS VARCHAR)`)) };
}

async function constant(work: Work, sql: string): Promise<string> {
  const { rows } = await runPlain(work, `SELECT ${sql}`);
  const found = rows[0]?.[0];
  if (found === null || found === undefined)
    throw failure(
      "INVALID_TIME_TRAVEL_TIMESTAMP_EXPR.INPUT",
      "42K0E",
      'The time travel timestamp expression is invalid: it cannot be cast to the "TIMESTAMP" type.',
    );
  return found;
}

async function historyOf(
  work: Work,
  target: TableReference,
  limit: number | undefined,
  namespace: SchemaName,
) {
  const resolved = findTable(work, target, namespace, { text: work.input.text, span: target.name });
  const location = resolved.kind === "path" ? resolved.location : resolved.record.location;
  const isDelta = resolved.kind === "path" ? resolved.format === "delta" : resolved.record.format === "DELTA";
  if (!isDelta || location === undefined) throw notDelta("DESCRIBE HISTORY");
  if (resolved.kind === "record") refuseUnshared(resolved.record, "history");
  return work.context.deltaTable(location).history(limit === undefined ? {} : { limit });
}

function notDelta(operation: string): Error {
  return failure("DELTA_TABLE_ONLY_OPERATION", "0AKDD", `${operation} is only supported for Delta tables.`);
}
