import type { DataType } from "@clone-xs/delta";
import { type Cell, textOf } from "./cells.ts";

/** A column is told from another by its key, so that it stays itself under another name. */
export interface Column {
  readonly key: number;
  readonly name: string;
  readonly type: DataType;
}

/** Cells by the key of their column; a column that is not there is null. */
export type Row = ReadonlyMap<number, Cell>;

/** What a table is at one version. */
export interface Version {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

/** Every row with its cells in the order of the columns. */
export function cellsOf({ columns, rows }: Version): readonly (readonly Cell[])[] {
  return rows.map((row) => columns.map(({ key }) => row.get(key) ?? null));
}

export function changed(row: Row, changes: Iterable<readonly [key: number, cell: Cell]>): Row {
  return new Map([...row, ...changes]);
}

/** The column that statements tell rows by: a whole number, never null, and not always another one. */
export const ID = 0;

export function idOf(row: Row): bigint {
  return BigInt(textOf(row.get(ID) ?? null));
}

/** How Spark orders two values of a plain type: NaN is above all numbers, text and binary go by their bytes. */
export function compare(type: DataType, a: string, b: string): number {
  if (type.kind === "decimal") return sign(BigInt(a.replace(".", "")) - BigInt(b.replace(".", "")));
  const name = type.kind === "primitive" ? type.name : "";
  if (["byte", "short", "integer", "long"].includes(name)) return sign(BigInt(a) - BigInt(b));
  if (name === "float" || name === "double") return compareFloats(Number(a), Number(b));
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function compareFloats(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : Number(a > b);
}

function sign(value: bigint): number {
  return value < 0n ? -1 : Number(value > 0n);
}

/** Whether its values are plain, so that they can be compared and be partitions. */
export function isPlain({ kind }: DataType): boolean {
  return kind === "primitive" || kind === "decimal";
}
