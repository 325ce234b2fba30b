import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { type DeltaTable, DeltaError, fieldFacts, type Snapshot, typeText } from "@clone-xs/delta";
import type { Column } from "@clone-xs/unity";
import type { ShapeStore, TableShape } from "../../metastore/table-shapes.ts";
import { present } from "./present.ts";

/** The shape of a Delta table by its directory; `undefined` when its log cannot be read. */
export type ShapeReader = (location: string) => Promise<TableShape | undefined>;

/**
 * Reads shapes from logs, and only those that changed since they were read last, by whomever: a commit makes the next version's file, and
 * anything that is done to a log (also its clean-up) moves the time of its directory. The one alone would not do: two commits may fall into one
 * tick of the file system's clock, and a clean-up may have removed the next version's file.
 */
export function shapeReader(deltaTable: (location: string) => DeltaTable, store: ShapeStore): ShapeReader {
  return async (location) => {
    const mark = markOf(location);
    const known = mark === undefined ? undefined : store.find(location);
    if (known !== undefined && known.mark === mark && !hasVersion(location, known.shape.version + 1))
      return known.shape;
    const shape = await readShape(deltaTable(location));
    // Read after the mark was taken: a commit in between is a version that the shape has and the mark has not, and is read once more.
    if (shape !== undefined && mark !== undefined) store.put(location, mark, shape);
    return shape;
  };
}

function markOf(location: string): string | undefined {
  const found = statSync(join(location, "_delta_log"), { bigint: true, throwIfNoEntry: false });
  return found === undefined ? undefined : `${found.ino}:${found.mtimeNs}`;
}

function hasVersion(location: string, version: number): boolean {
  return existsSync(join(location, "_delta_log", `${String(version).padStart(20, "0")}.json`));
}

async function readShape(table: DeltaTable): Promise<TableShape | undefined> {
  try {
    return shapeOf(await table.snapshot());
  } catch (error) {
    if (error instanceof DeltaError) return undefined;
    throw error;
  }
}

function shapeOf({ version, metadata }: Snapshot): TableShape {
  const { configuration, description, partitionColumns } = metadata;
  return {
    version,
    columns: metadata.schema.fields.map((field, position): Column => {
      const partition = partitionColumns.findIndex((name) => name.toLowerCase() === field.name.toLowerCase());
      return {
        name: field.name,
        position,
        typeText: typeText(field.type),
        nullable: field.nullable,
        ...present({
          comment: fieldFacts(field).comment,
          partitionIndex: partition === -1 ? undefined : partition,
        }),
      };
    }),
    properties: configuration,
    ...present({ comment: description }),
  };
}
