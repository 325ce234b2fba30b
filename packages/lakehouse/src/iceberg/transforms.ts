import type { StructField } from "@clone-xs/delta";
import { avroText, type AvroValue } from "./avro-values.ts";
import type { PartitionField } from "./metadata.ts";

/** A partition transform as Delta has it: a generated column, and how a value of it is written in the log. */
export interface Transformed {
  readonly type: "integer" | "string" | "date" | "long";
  /** SQL text over the quoted source column. */
  readonly expression: (column: string) => string;
  readonly text: (value: Exclude<AvroValue, null>) => string;
}

/** The transform of a partition field, or `undefined` when Delta has no equal for it. Source: Databricks' clone of Iceberg tables. */
export function transformOf({ transform }: PartitionField, { type }: StructField): Transformed | undefined {
  const width = /^truncate\[(\d+)\]$/.exec(transform)?.[1];
  if (width !== undefined) return type.kind === "primitive" ? truncate(type.name, width) : undefined;
  return TIMES[transform];
}

const TIMES: Readonly<Record<string, Transformed>> = {
  year: {
    type: "integer",
    expression: (column) => `year(${column})`,
    text: (value) => String(1970 + Number(value)),
  },
  month: {
    type: "string",
    expression: (column) => `date_format(${column}, 'yyyy-MM')`,
    text: (value) => new Date(Date.UTC(1970, Number(value))).toISOString().slice(0, 7),
  },
  day: {
    type: "date",
    expression: (column) => `CAST(${column} AS DATE)`,
    text: (value) => new Date(Number(value) * 86_400_000).toISOString().slice(0, 10),
  },
  hour: {
    type: "string",
    expression: (column) => `date_format(${column}, 'yyyy-MM-dd-HH')`,
    text: (value) => new Date(Number(value) * 3_600_000).toISOString().slice(0, 13).replace("T", "-"),
  },
};

function truncate(type: string, width: string): Transformed | undefined {
  switch (type) {
    case "string":
      return { type, expression: (column) => `substring(${column}, 0, ${width})`, text: avroText };
    case "integer":
    case "long":
      return {
        type,
        expression: (column) => `${column} - (((${column} % ${width}) + ${width}) % ${width})`,
        text: avroText,
      };
    default:
      return undefined;
  }
}
