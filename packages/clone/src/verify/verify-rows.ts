import { fullName, type ObjectName, type Table } from "@clone-xs/unity";
import { hasVersions, impossibleReason } from "../decide/cloneable.ts";
import { isCloneOf, readStamp } from "../decide/provenance.ts";
import { isVersionGone } from "../execute/pins.ts";
import type { InspectPorts } from "../inspect/ends.ts";
import type { Finding, VerifyRequest } from "./certificate.ts";
import { type Measured, measure, shapeOf } from "./measure.ts";
import type { HashedColumn } from "./row-hash.ts";
import { newestVersion, type Origin, originOf } from "./origin.ts";

/** A table and the copy of it that stands on the target. */
export interface TablePair {
  readonly source: Table;
  readonly target: Table;
  readonly targetName: ObjectName;
  /** Of the target, when it was looked at; `null`: none. */
  readonly targetVersion: string | null;
}

/** `sameColumns`: the source had the columns of the copy when it was cloned, whatever it has now. */
export interface RowFinding extends Finding {
  readonly sameColumns: boolean;
}

/**
 * Compares the rows of a copy with those of its source at the version that the copy's stamp names. Where that version cannot be had
 * the newest stands in for it: rows that are the same then are, and rows that differ prove nothing, as the source has moved on.
 * Throws what the workspace throws.
 */
export async function verifyRows(
  pair: TablePair,
  { rows }: Pick<VerifyRequest, "rows">,
  ports: InspectPorts,
): Promise<RowFinding> {
  const stamp = readStamp(pair.target.properties, pair.targetName);
  const extent = (isCloneOf(stamp, pair.source) ? stamp.extent : undefined) ?? { rows: "all" };
  if (extent.rows === "unfinished") return only({ differs: ["its making was not finished"] });
  if (extent.rows === "none") return only({ notes: ["it was made without rows: its rows are not compared"] });
  const hidden = impossibleReason(pair.source, "DEEP") ?? impossibleReason(pair.target, "DEEP");
  if (hidden !== undefined) return only({ unknown: [`its rows cannot be read as they are: ${hidden}`] });
  const origin = await originOf(pair, isCloneOf(stamp, pair.source) ? stamp : undefined, ports);
  const comparison = { rows, ...(extent.rows === "where" ? { where: extent.predicate } : {}) };
  try {
    return await comparedAt(pair, origin, comparison, ports);
  } catch (error) {
    if (origin.kind !== "pinned" || origin.version === null || !isVersionGone(error)) throw error;
    const reason = `version ${origin.version} of ${fullName(pair.source)} is gone`;
    const version = await newestVersion(pair.source, ports);
    return comparedAt(pair, { kind: "stand_in", version, reason }, comparison, ports);
  }
}

function only({
  differs = [],
  unknown = [],
  notes = [],
}: {
  readonly differs?: readonly string[];
  readonly unknown?: readonly string[];
  readonly notes?: readonly string[];
}): RowFinding {
  return { differs, unknown, facts: { notes }, sameColumns: false };
}

interface Comparison {
  readonly rows: VerifyRequest["rows"];
  readonly where?: string;
}

async function comparedAt(
  pair: TablePair,
  origin: Origin,
  { rows, where }: Comparison,
  ports: InspectPorts,
): Promise<RowFinding> {
  const { source, targetName, targetVersion } = pair;
  const shapes = await shapesOf(pair, origin, ports);
  const versions = { source_version: origin.version, target_version: targetVersion };
  if (!shapes.same) {
    const differs = ["the columns differ, so that rows cannot be the same"];
    return { ...standing(origin, { differs, unknown: [] }), facts: versions, sameColumns: false };
  }
  const columns = rows === "hash" ? shapes.columns : [];
  const at = { table: source, version: origin.version, columns, ...(where === undefined ? {} : { where }) };
  const [one, other] = await Promise.all([
    measure(at, ports.source, ports.signal),
    measure({ table: targetName, version: targetVersion, columns }, ports.target, ports.signal),
  ]);
  const unknown = one.leftOut.map(({ column, reason }) => `column ${column} is not compared: ${reason}`);
  const facts = {
    ...versions,
    source_rows: one.rows,
    target_rows: other.rows,
    source_hash: one.hash,
    target_hash: other.hash,
    notes: [
      ...notesOn(origin),
      ...(shapes.asked ? ["the source's columns have changed since it was cloned"] : []),
    ],
  };
  return {
    ...standing(origin, { differs: rowDifferences(one, other), unknown }),
    facts,
    sameColumns: shapes.asked,
  };
}

/** What differs from another version than the one that was cloned may be the source's doing. */
function standing(origin: Origin, { differs, unknown }: Finding): Finding {
  if (origin.kind === "pinned") return { differs, unknown };
  const doubts = differs.map((difference) => `${origin.reason}, and as it is now ${difference}`);
  return { differs: [], unknown: [...unknown, ...doubts] };
}

function notesOn(origin: Origin): readonly string[] {
  if (origin.kind === "pinned") return origin.note === undefined ? [] : [origin.note];
  const version = origin.version === null ? "as it is now" : `at version ${origin.version}`;
  return [`${origin.reason}; compared with the source ${version}`];
}

function rowDifferences(source: Measured, target: Measured): readonly string[] {
  if (source.rows !== target.rows)
    return [`the source has ${source.rows} rows and the copy has ${target.rows}`];
  return source.hash === target.hash ? [] : ["the rows differ in their values"];
}

interface Shapes {
  readonly columns: readonly HashedColumn[];
  readonly same: boolean;
  /** The catalog alone did not tell: the source's columns are not what they were. */
  readonly asked: boolean;
}

/** The catalog tells the columns of now; where both ends have the same no more is asked. */
async function shapesOf(
  { source, target, targetName, targetVersion }: TablePair,
  origin: Origin,
  ports: InspectPorts,
): Promise<Shapes> {
  if (sameShape(source.columns, target.columns)) return { columns: target.columns, same: true, asked: false };
  if (!hasVersions(source)) return { columns: target.columns, same: false, asked: false };
  const [one, other] = await Promise.all([
    shapeOf({ table: source, version: origin.version }, ports.source, ports.signal),
    shapeOf({ table: targetName, version: targetVersion }, ports.target, ports.signal),
  ]);
  return { columns: other, same: sameShape(one, other), asked: true };
}

function sameShape(one: readonly HashedColumn[], other: readonly HashedColumn[]): boolean {
  return shapeText(one) === shapeText(other);
}

function shapeText(columns: readonly HashedColumn[]): string {
  return JSON.stringify(
    columns.map(({ name, typeText }) => [name.toLowerCase(), typeText.replaceAll(/\s/gu, "").toLowerCase()]),
  );
}
