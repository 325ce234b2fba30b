import type { ColumnStatistics } from "@clone-xs/delta";
import type { EngineResult } from "../engine/engine.ts";

/** What DuckDB says of the one file that `COPY … (RETURN_STATS true)` wrote. */
export interface ReturnedStatistics {
  readonly count: bigint;
  readonly size: number;
  /** By the quoted column path, `"a"."b"`. */
  readonly columns: ReadonlyMap<string, ColumnStatistics>;
}

export function returnedStatistics({ columns, rows }: EngineResult): ReturnedStatistics {
  const [row = []] = rows;
  const cell = (name: string) => row[columns.findIndex((column) => column.name === name)] ?? undefined;
  const statistics = readMap(cell("column_statistics") ?? "{}");
  return {
    count: BigInt(cell("count") ?? "0"),
    size: Number(cell("file_size_bytes") ?? "0"),
    columns: new Map([...statistics].map(([path, values]) => [path, statisticsOf(values)])),
  };
}

function statisticsOf(values: ReadonlyMap<string, string>): ColumnStatistics {
  const [min, max, nulls] = ["min", "max", "null_count"].map((key) => values.get(key));
  return {
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(nulls !== undefined && { nullCount: BigInt(nulls) }),
    ...(values.get("has_nan") === "true" && { hasNan: true }),
  };
}

/** Reads DuckDB's text of a map of maps: `{'"a"': {'max': '1'}}`, quotes doubled inside. */
function readMap(text: string): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const found = new Map<string, Map<string, string>>();
  let column: Map<string, string> | undefined;
  let key: string | undefined;
  for (const [token] of text.matchAll(/'(?:[^']|'')*'|[{}]/g)) {
    if (token === "{" && key !== undefined) {
      column = new Map();
      found.set(key, column);
      key = undefined;
    } else if (token === "}") column = undefined;
    else if (token !== "{") {
      const value = token.slice(1, -1).replaceAll("''", "'");
      if (column === undefined || key === undefined) key = value;
      else {
        column.set(key, value);
        key = undefined;
      }
    }
  }
  return found;
}
