import type { RouteTuple } from "./names.ts";

/** What stands in the comment of a share, of a recipient and of a mounted catalog that we made. */
export interface RouteMark {
  readonly tuple: RouteTuple;
  /** The run that made it. */
  readonly run: string;
}

/** The comment, as JSON: names are digests, and this is what tells whose they are. */
export function writeMark({ tuple, run }: RouteMark): string {
  return JSON.stringify({
    clxs_route: 1,
    source_catalog: tuple.sourceCatalog,
    destination_catalog: tuple.destinationCatalog,
    source_metastore: tuple.sourceMetastore,
    target_metastore: tuple.targetMetastore,
    run,
  });
}

/** The mark in a comment; `undefined` when it is none of ours. */
export function readMark(comment: string | undefined): RouteMark | undefined {
  const value = jsonObject(comment ?? "");
  if (value?.["clxs_route"] !== 1) return undefined;
  const { source_catalog, destination_catalog, source_metastore, target_metastore, run } = value;
  const parts = [source_catalog, destination_catalog, source_metastore, target_metastore, run];
  if (!parts.every((part) => typeof part === "string")) return undefined;
  return {
    tuple: {
      sourceMetastore: String(source_metastore),
      sourceCatalog: String(source_catalog),
      destinationCatalog: String(destination_catalog),
      targetMetastore: String(target_metastore),
    },
    run: String(run),
  };
}

/** Whether two tuples are the same route. Unity Catalog compares names without case. */
export function sameTuple(a: RouteTuple, b: RouteTuple): boolean {
  return (
    a.sourceMetastore === b.sourceMetastore &&
    a.targetMetastore === b.targetMetastore &&
    sameName(a.sourceCatalog, b.sourceCatalog) &&
    sameName(a.destinationCatalog, b.destinationCatalog)
  );
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
