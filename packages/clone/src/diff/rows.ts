import type { ObjectName, Table } from "@clone-xs/unity";
import { isView } from "../decide/cloneable.ts";
import { extentWords } from "../decide/extent.ts";
import { isCloneOf, readStamp } from "../decide/provenance.ts";
import { type Judgement, judgeTable } from "../decide/judge.ts";
import { type Inventory, localKey } from "../inspect/inventory.ts";
import type { ComparedRow } from "./comparison.ts";
import type { CatalogDiff, Difference } from "./diff.ts";

/** A table of the source and the table of that name on the target. */
export interface SameNamed {
  readonly source: Table;
  readonly target: Table;
  readonly targetName: ObjectName;
}

export interface RowComparison {
  readonly rows: CatalogDiff["rows"];
  readonly differences: readonly Difference[];
}

/** The tables that stand at both ends; views have no rows of their own. */
export function sameNamed(source: Inventory, target: Inventory): readonly SameNamed[] {
  const others = new Map(tablesOf(target).map((table) => [localKey(table), table]));
  return tablesOf(source).flatMap((table) => {
    const other = others.get(localKey(table));
    if (other === undefined) return [];
    const targetName = { catalog: target.catalog.name, schema: table.schema, name: table.name };
    return [{ source: table, target: other, targetName }];
  });
}

function tablesOf({ schemas }: Inventory): readonly Table[] {
  return schemas.flatMap(({ tables }) => tables).filter((table) => !isView(table));
}

/**
 * Compares rows as far as versions tell: a clone has the rows of its source when neither was written since. No row is read, so of
 * tables that are no clones of each other nothing is known, and that is said.
 */
export function compareRows(source: Inventory, target: Inventory): RowComparison {
  const pairs = sameNamed(source, target);
  const judged = judgedPairs(source, target);
  const unknown = judged.flatMap(({ object, judgement }) => notCompared(object, judgement));
  return {
    rows: { compared: pairs.length - unknown.length, not_compared: unknown },
    differences: [
      ...pairs.flatMap(lessRows),
      ...judged.flatMap(({ object, judgement }) => difference(object, judgement)),
    ],
  };
}

/** Of each table that stands at both ends, by `localKey`: how its rows stand to each other, as far as versions tell. */
export function rowsSideBySide(source: Inventory, target: Inventory): ReadonlyMap<string, ComparedRow> {
  const less = sameNamed(source, target).flatMap((pair) =>
    lessRows(pair).map((found) => [localKey(pair.source), differing(found)] as const),
  );
  const judged = judgedPairs(source, target).map(
    ({ key, object, judgement }) => [key, rowOf(object, judgement)] as const,
  );
  return new Map([...less, ...judged]);
}

function rowOf(object: string, judgement: Judgement): ComparedRow {
  const [unknown] = notCompared(object, judgement);
  if (unknown !== undefined)
    return { what: "data", state: "unknown", source: null, target: null, note: unknown.reason };
  const [found] = difference(object, judgement);
  if (found !== undefined) return differing(found);
  const { source, cloned } = versionsOf(judgement);
  return { what: "data", state: "same", source, target: cloned };
}

function differing({ source, target }: Difference): ComparedRow {
  return { what: "data", state: "differs", source, target };
}

function judgedPairs(source: Inventory, target: Inventory) {
  return sameNamed(source, target)
    .filter((pair) => lessRows(pair).length === 0)
    .map((pair) => ({
      key: localKey(pair.source),
      object: `${pair.source.schema}.${pair.source.name}`,
      judgement: judgeTable({
        ...pair,
        sourceHistory: source.histories[localKey(pair.source)],
        sourceFingerprint: source.fingerprints[localKey(pair.source)],
        targetHistory: target.histories[localKey(pair.source)],
      }),
    }));
}

/** A copy that was made of some rows, or of none, lacks the others by intention: that is known without a look at its history. */
function lessRows({ source, target, targetName }: SameNamed): readonly Difference[] {
  const stamp = readStamp(target.properties, targetName);
  if (!isCloneOf(stamp, source) || stamp.extent === undefined || stamp.extent.rows === "unfinished")
    return [];
  const object = `${source.schema}.${source.name}`;
  return [{ object, what: "data", source: "all rows", target: extentWords(stamp.extent) }];
}

function notCompared(
  object: string,
  { reason, detail = "" }: Judgement,
): CatalogDiff["rows"]["not_compared"] {
  return reason === "foreign" || reason === "unable_to_compare" ? [{ object, reason: detail }] : [];
}

/** A change of the schema alone shows in the columns. */
function difference(object: string, judgement: Judgement): readonly Difference[] {
  const { reason, detail = "" } = judgement;
  const { source, cloned } = versionsOf(judgement);
  switch (reason) {
    case "version_drift":
      return [{ object, what: "data", source, target: cloned }];
    case "source_recreated":
      return [{ object, what: "data", source: `${source} of a table made anew`, target: cloned }];
    case "target_modified":
      return [{ object, what: "data", source, target: `modified: ${detail}` }];
    default:
      return [];
  }
}

function versionsOf({ reason, sourceVersion, clonedVersion }: Judgement) {
  const [files, earlier] = reason === "in_sync" ? ["files", "these"] : ["changed files", "earlier"];
  return {
    source: sourceVersion === undefined ? files : `version ${sourceVersion}`,
    cloned: clonedVersion === undefined ? `clone of ${earlier} files` : `clone of version ${clonedVersion}`,
  };
}
