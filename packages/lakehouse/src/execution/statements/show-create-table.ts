import { quoteIdentifier, quoteString, type TableReference } from "@clone-xs/sql";
import type { TableConstraint } from "@clone-xs/unity";
import type { ExecutionResult } from "../execution.ts";
import { nameParts } from "../object-names.ts";
import { unsupported } from "../errors.ts";
import { catalogText, typeText } from "../types/text.ts";
import { STRING } from "../types/types.ts";
import { table, type Work } from "../work.ts";
import { checksOf } from "./enforced.ts";
import {
  clusteringColumns,
  type Described,
  type DescribedColumn,
  describe,
  providerOf,
} from "./described.ts";

/** SHOW CREATE TABLE: a statement that makes the table or view again. */
export async function showCreateTable(work: Work, target: TableReference): Promise<ExecutionResult> {
  const described = await describe(work, target);
  if (described.record === undefined) throw unsupported("SHOW CREATE TABLE of a table by path");
  return table([["createtab_stmt", STRING]], [[statementOf(described, described.record)]]);
}

function statementOf(described: Described, record: NonNullable<Described["record"]>): string {
  const name = nameParts(record).map(quoteIdentifier).join(".");
  if (record.view !== undefined) {
    const columns = record.view.columns.map((c) => `  ${quoteIdentifier(c.name)}${commentClause(c.comment)}`);
    return [
      `CREATE VIEW ${name} (`,
      `${columns.join(",\n")})`,
      ...clause("COMMENT", described.comment),
      ...properties(described),
      `AS ${record.view.text}`,
    ].join("\n");
  }
  const lines = [
    ...described.columns.map((c) => columnLine(c, record)),
    ...record.constraints.map((c) => `  CONSTRAINT ${quoteIdentifier(c.name)} ${constraintLine(c)}`),
    ...checksOf(described.properties).map((c) => `  CONSTRAINT ${quoteIdentifier(c.name)} CHECK (${c.text})`),
  ];
  const partitions = described.snapshot?.metadata.partitionColumns ?? [];
  const clusters = clusteringColumns(described.snapshot);
  return [
    `CREATE TABLE ${name} (`,
    `${lines.join(",\n")})`,
    `USING ${providerOf(described) ?? "delta"}`,
    ...(partitions.length > 0 ? [`PARTITIONED BY (${partitions.map(quoteIdentifier).join(", ")})`] : []),
    ...(clusters.length > 0 ? [`CLUSTER BY (${clusters.map(quoteIdentifier).join(", ")})`] : []),
    ...clause("COMMENT", described.comment),
    ...(record.tableType.startsWith("EXTERNAL") ? clause("LOCATION", described.location) : []),
    ...(record.rowFilter === undefined
      ? []
      : [
          `WITH ROW FILTER ${record.rowFilter.functionName.split(".").map(quoteIdentifier).join(".")} ON (${record.rowFilter.inputColumns.map(quoteIdentifier).join(", ")})`,
        ]),
    ...properties(described),
  ].join("\n");
}

function columnLine(column: DescribedColumn, record: NonNullable<Described["record"]>): string {
  const mask = record.columnMasks.find((m) => m.column.toLowerCase() === column.name.toLowerCase());
  return [
    `  ${quoteIdentifier(column.name)} ${shownType(column)}`,
    column.nullable ? "" : " NOT NULL",
    column.generated === undefined ? "" : ` GENERATED ${column.generated}`,
    column.default === undefined ? "" : ` DEFAULT ${column.default}`,
    commentClause(column.comment),
    mask === undefined
      ? ""
      : ` MASK ${mask.functionName.split(".").map(quoteIdentifier).join(".")}${mask.usingColumns.length > 0 ? ` USING COLUMNS (${mask.usingColumns.map(quoteIdentifier).join(", ")})` : ""}`,
  ].join("");
}

function shownType({ type, declared }: DescribedColumn): string {
  const isPlain = type.kind === "primitive" || type.kind === "decimal";
  if (declared !== undefined) return isPlain ? declared.toUpperCase() : declared;
  return isPlain ? typeText(type) : catalogText(type);
}

function commentClause(comment: string | undefined): string {
  return comment === undefined ? "" : ` COMMENT ${quoteString(comment)}`;
}

function clause(word: string, text: string | undefined): readonly string[] {
  return text === undefined ? [] : [`${word} ${quoteString(text)}`];
}

function properties({ properties }: Described): readonly string[] {
  const entries = Object.entries(properties).filter(([key]) => !key.startsWith("delta.constraints."));
  return entries.length === 0
    ? []
    : [`TBLPROPERTIES (\n${entries.map(([k, v]) => `  ${quoteString(k)} = ${quoteString(v)}`).join(",\n")})`];
}

/** `PRIMARY KEY (a)`, `FOREIGN KEY (a) REFERENCES c.s.t (b)`. */
export function constraintLine(constraint: TableConstraint): string {
  const timeseries = constraint.kind === "primary_key" ? (constraint.timeseries ?? []) : [];
  const columns = constraint.columns
    .map((c) => `${quoteIdentifier(c)}${timeseries.includes(c) ? " TIMESERIES" : ""}`)
    .join(", ");
  const rely = constraint.rely ? " RELY" : "";
  if (constraint.kind === "primary_key") return `PRIMARY KEY (${columns})${rely}`;
  const parent = constraint.parentTable.split(".").map(quoteIdentifier).join(".");
  return `FOREIGN KEY (${columns}) REFERENCES ${parent} (${constraint.parentColumns.map(quoteIdentifier).join(", ")})${rely}`;
}
