import { id, lit, sql, type SqlFragment } from "@clone-xs/sql";
import fc, { type GeneratorValue } from "fast-check";
import { columnName, columnType } from "./design.ts";
import { type Column, ID, type Version } from "./model.ts";
import type { Step, Subject } from "./row-steps.ts";
import { typeSql } from "./values.ts";

/** A table as statements about its shape and its files see it. */
export interface ShapedSubject extends Subject {
  readonly mapped: boolean;
  readonly clustered: boolean;
  readonly nestedToo: boolean;
  /** What it was at each version. */
  readonly versions: readonly Version[];
  /** A key that no column has had. */
  readonly freshKey: () => number;
}

/** Some statement that changes columns or properties, tends files, or goes back; none where it would make no sense. */
export function drawTableStep(g: GeneratorValue, subject: ShapedSubject): Step | undefined {
  const kind: (typeof KINDS)[number] = g(() => fc.constantFrom(...KINDS));
  switch (kind) {
    case "add":
      return addColumn(g, subject);
    case "rename":
      return subject.mapped ? renameColumn(g, subject) : undefined;
    case "drop":
      return subject.mapped ? dropColumn(g, subject) : undefined;
    case "optimize":
      return optimize(g, subject);
    case "restore":
      return restore(g, subject);
    case "property":
      return setProperty(g, subject);
    case "vacuum":
      return { text: sql`VACUUM ${subject.table}`, after: subject.now };
  }
}

const KINDS = [
  "add",
  "rename",
  "drop",
  "optimize",
  "optimize",
  "restore",
  "restore",
  "property",
  "vacuum",
] as const;

function addColumn(g: GeneratorValue, { table, now, mapped, nestedToo, freshKey }: ShapedSubject): Step {
  const key = freshKey();
  const column: Column = { key, name: columnName(g, key, mapped), type: columnType(g, nestedToo) };
  return {
    text: sql`ALTER TABLE ${table} ADD COLUMNS (${id(column.name)} ${typeSql(column.type)})`,
    after: { ...now, columns: [...now.columns, column] },
  };
}

function renameColumn(g: GeneratorValue, { table, now, freshKey }: ShapedSubject): Step {
  const column = g(() => fc.constantFrom(...now.columns));
  const name = columnName(g, freshKey(), true);
  return {
    text: sql`ALTER TABLE ${table} RENAME COLUMN ${id(column.name)} TO ${id(name)}`,
    after: { ...now, columns: now.columns.map((c) => (c === column ? { ...c, name } : c)) },
  };
}

function dropColumn(
  g: GeneratorValue,
  { table, now, partitionKeys, clustered }: ShapedSubject,
): Step | undefined {
  const free = now.columns.filter(({ key }) => key !== ID && !partitionKeys.has(key));
  if (free.length === 0 || clustered) return undefined;
  const column = g(() => fc.constantFrom(...free));
  return {
    text: sql`ALTER TABLE ${table} DROP COLUMN ${id(column.name)}`,
    after: { ...now, columns: now.columns.filter((c) => c !== column) },
  };
}

function optimize(g: GeneratorValue, { table, now, clustered }: ShapedSubject): Step {
  const name = now.columns.find(({ key }) => key === ID)?.name ?? "id";
  const ordered = !clustered && g(fc.boolean);
  const text: SqlFragment = ordered ? sql`OPTIMIZE ${table} ZORDER BY (${id(name)})` : sql`OPTIMIZE ${table}`;
  return { text, after: now };
}

function restore(g: GeneratorValue, { table, versions, now }: ShapedSubject): Step {
  const version = g(fc.nat, versions.length - 1);
  return {
    text: sql`RESTORE TABLE ${table} TO VERSION AS OF ${lit(version)}`,
    after: versions[version] ?? now,
  };
}

function setProperty(g: GeneratorValue, { table, now }: ShapedSubject): Step {
  const [key, value] = g(() => fc.constantFrom(...PROPERTIES));
  return { text: sql`ALTER TABLE ${table} SET TBLPROPERTIES (${lit(key)} = ${lit(value)})`, after: now };
}

const PROPERTIES: readonly (readonly [key: string, value: string])[] = [
  ["delta.enableDeletionVectors", "true"],
  ["delta.enableDeletionVectors", "false"],
  ["delta.checkpointInterval", "2"],
  ["delta.checkpointPolicy", "v2"],
  ["some.key", "it's"],
];
