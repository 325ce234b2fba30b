import { id, lit, sql, type SqlFragment } from "@clone-xs/sql";
import fc, { type GeneratorValue } from "fast-check";
import { type Cell, textOf } from "./cells.ts";
import { type Column, compare, ID, idOf, isPlain, type Row, type Version } from "./model.ts";
import { literal, valueOf } from "./values.ts";

/** A condition as SQL and as what it is of a row. */
export interface Predicate {
  readonly text: SqlFragment;
  readonly holds: (row: Row) => boolean;
}

/** A condition on rows of this version: by a share of all, or by a value that is likely there. */
export function drawPredicate(g: GeneratorValue, version: Version): Predicate {
  const plain = version.columns.filter(({ type }) => isPlain(type));
  const column = g(() => fc.constantFrom(...plain));
  switch (g(fc.constantFrom, "share", "share", "null", "equal", "less")) {
    case "null":
      return isNull(column, g(fc.boolean));
    case "equal":
      return compared(column, drawCell(g, column, version), "=", (order) => order === 0);
    case "less":
      return compared(column, drawCell(g, column, version), "<", (order) => order < 0);
    default:
      return share(g, version);
  }
}

/** A share of the rows by their id. */
export function share(g: GeneratorValue, { columns }: Version): Predicate {
  const modulus = g(fc.integer, { min: 1, max: 4 });
  const rest = g(fc.nat, modulus - 1);
  const name = columns.find(({ key }) => key === ID)?.name ?? "id";
  return {
    text: sql`${id(name)} % ${lit(modulus)} = ${lit(rest)}`,
    holds: (row) => idOf(row) % BigInt(modulus) === BigInt(rest),
  };
}

function isNull({ key, name }: Column, wanted: boolean): Predicate {
  return {
    text: wanted ? sql`${id(name)} IS NULL` : sql`${id(name)} IS NOT NULL`,
    holds: (row) => ((row.get(key) ?? null) === null) === wanted,
  };
}

function compared(
  { key, name, type }: Column,
  cell: Cell,
  operator: "=" | "<",
  holds: (order: number) => boolean,
): Predicate {
  const right = literal(type, cell);
  return {
    text: operator === "=" ? sql`${id(name)} = ${right}` : sql`${id(name)} < ${right}`,
    holds: (row) => {
      const mine = row.get(key) ?? null;
      return mine !== null && cell !== null && holds(compare(type, textOf(mine), textOf(cell)));
    },
  };
}

/** A value of one of the rows, or any. */
function drawCell(g: GeneratorValue, { key, type }: Column, { rows }: Version): Cell {
  const present = rows.flatMap((row) => row.get(key) ?? []);
  if (present.length > 0 && g(fc.boolean)) return g(() => fc.constantFrom(...present));
  return g(valueOf, type);
}
