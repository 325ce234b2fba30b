import { type AddFile, fieldFacts, type JsonObject, rewriteFiles } from "@clone-xs/delta";
import { failure, quotedParts, unresolvedColumn } from "../execution/errors.ts";
import type { ExecutionResult } from "../execution/execution.ts";
import { partsOf } from "../execution/object-names.ts";
import { engineError } from "../execution/run.ts";
import { clusteringColumns } from "../execution/statements/described.ts";
import { provenance, type StatementOf } from "../execution/statements/statement.ts";
import type { Work } from "../execution/work.ts";
import { rowsOf } from "../tables/read.ts";
import { writeFiles } from "../tables/write.ts";
import { packed } from "./bins.ts";
import { optimizeMetrics, optimizeResult } from "./optimize-metrics.ts";
import { filesWhere } from "./partitions.ts";
import { rowTarget, type RowTarget, type TargetFile } from "./target.ts";
import { zOrdered } from "./z-order.ts";

type Optimize = StatementOf<"optimize">;

/** OPTIMIZE: small files become large ones, in one commit that changes no row; none when there is nothing to do. */
export async function optimizeTable(work: Work, statement: Optimize): Promise<ExecutionResult> {
  const target = await rowTarget(work, statement.target, "OPTIMIZE");
  const order = orderOf(target, statement);
  const considered = await filesWhere(work, target, statement.where);
  const bins = packed(considered.map(packable), { target: targetSize(target), all: order.rewritesAll });
  const removed = bins.flatMap((bin) => bin.map(({ file }) => file));
  const added = await compacted(work, target, {
    bins: bins.map((bin) => bin.map(({ file }) => file)),
    columns: order.columns,
  });
  if (removed.length > 0)
    await rewriteFiles(target.table, {
      base: target.base,
      remove: removed.map(({ live }) => live),
      add: added,
      dataChange: false,
      readWholeTable: false,
      operation: "OPTIMIZE",
      operationParameters: parametersOf(work, target, statement),
      operationMetrics: optimizeMetrics(removed, added),
      ...provenance(work),
    });
  return optimizeResult({ target, considered: considered.length, removed, added, partitions: bins.length });
}

function packable(file: TargetFile) {
  const { size, partitionValues, deletionVector } = file.live;
  const rows = deletionVector === undefined ? 0 : rowsIn(file);
  return {
    file,
    size,
    partition: JSON.stringify(Object.entries(partitionValues).toSorted(([a], [b]) => (a < b ? -1 : 1))),
    deleted: deletionVector === undefined ? 0 : rows === 0 ? 1 : deletionVector.cardinality / rows,
  };
}

function rowsIn({ live }: TargetFile): number {
  const found = /"numRecords":\s*(\d+)/.exec(live.stats ?? "")?.[1];
  return found === undefined ? 0 : Number(found);
}

const GIGABYTE = 1 << 30;
const UNITS: Readonly<Record<string, number>> = { k: 1 << 10, m: 1 << 20, g: GIGABYTE };

/** Property `delta.targetFileSize`: bytes, or a number with a unit (`100mb`). */
function targetSize({ base }: RowTarget): number {
  const match = /^(\d+)\s*([kmg]?)b?$/i.exec(base.metadata.configuration["delta.targetFileSize"] ?? "");
  return match === null ? GIGABYTE : Number(match[1]) * (UNITS[match[2]?.toLowerCase() ?? ""] ?? 1);
}

/** ZORDER BY, or the columns the table is clustered by. */
function orderOf({ base }: RowTarget, { zOrderBy, full }: Optimize) {
  const { schema, partitionColumns } = base.metadata;
  const clustered = new Set(clusteringColumns(base));
  const clustering = schema.fields.flatMap((f) =>
    clustered.has(fieldFacts(f).physicalName) ? [f.name] : [],
  );
  if (zOrderBy.length > 0 && clustering.length > 0)
    throw failure(
      "DELTA_CLUSTERING_WITH_ZORDER_BY",
      "42613",
      `OPTIMIZE command for Delta table with Liquid clustering cannot specify ZORDER BY. Please remove ZORDER BY (${zOrderBy.map((n) => partsOf(n).join(".")).join(", ")}).`,
    );
  const wanted = zOrderBy.map((name) => {
    const text = partsOf(name).join(".");
    const field = schema.fields.find((f) => f.name.toLowerCase() === text.toLowerCase());
    if (field === undefined)
      throw unresolvedColumn(
        quotedParts([text]),
        schema.fields.map((f) => quotedParts([f.name])),
      );
    if (partitionColumns.some((p) => p.toLowerCase() === field.name.toLowerCase()))
      throw failure(
        "DELTA_ZORDERING_ON_PARTITION_COLUMN",
        "42P10",
        `${field.name} is a partition column. Z-Ordering can only be performed on data columns.`,
      );
    return field.name;
  });
  const columns = wanted.length > 0 ? wanted : clustering;
  return { columns, rewritesAll: wanted.length > 0 || (full && clustering.length > 0) };
}

interface Compaction {
  readonly bins: readonly (readonly TargetFile[])[];
  readonly columns: readonly string[];
}

async function compacted(
  work: Work,
  { base }: RowTarget,
  { bins, columns }: Compaction,
): Promise<readonly AddFile[]> {
  const { root, metadata } = base;
  const options = work.signal === undefined ? {} : { signal: work.signal };
  const added: AddFile[] = [];
  try {
    await work.context.engine.session(async (session) => {
      for (const bin of bins) {
        const rows = rowsOf(
          base,
          bin.map(({ read }) => read),
        );
        const query = zOrdered(rows.sql, columns);
        added.push(...(await writeFiles(session, { root, metadata, query, uuid: work.context.uuid })).files);
      }
    }, options);
  } catch (error) {
    throw engineError(error);
  }
  return clusteringColumns(base).length === 0
    ? added
    : added.map((file) => ({ ...file, clusteringProvider: "liquid" }));
}

function parametersOf(work: Work, { base }: RowTarget, { where, zOrderBy }: Optimize): JsonObject {
  const predicate = where === undefined ? [] : [work.input.text.slice(where.start, where.end)];
  return {
    predicate: JSON.stringify(predicate),
    auto: false,
    clusterBy: JSON.stringify(clusteringColumns(base)),
    zOrderBy: JSON.stringify(zOrderBy.map((name) => partsOf(name).join("."))),
    batchId: "0",
  };
}
