import { fieldFacts, type Snapshot, walkFields } from "@clone-xs/delta";
import type { EngineResult } from "../engine/engine.ts";
import { quoteText } from "../execution/translate/quote.ts";
import type { ReadFile } from "./read.ts";

/**
 * Files with the names that they give to fields inside of columns, where columns are mapped by id and have such fields: the engine finds a
 * column by its id, but what is inside of it by name. Files that agree share one map.
 */
export async function withFieldNames(
  run: (sql: string) => Promise<EngineResult>,
  { metadata }: Pick<Snapshot, "metadata">,
  files: readonly ReadFile[],
): Promise<readonly ReadFile[]> {
  const wanted = innerIds(metadata);
  if (wanted.length === 0 || files.length === 0) return files;
  const list = files.map(({ location }) => quoteText(location)).join(", ");
  const { rows } = await run(
    `SELECT file_name, string_agg(CAST(field_id AS VARCHAR) || ' ' || name, chr(10) ORDER BY field_id) FROM parquet_schema([${list}]) WHERE field_id IN (${wanted.join(", ")}) GROUP BY file_name`,
  );
  const layouts = new Map<string, ReadonlyMap<number, string>>();
  const byFile = new Map(rows.map(([file, text]) => [file ?? "", text ?? ""]));
  return files.map((file) => {
    const text = byFile.get(file.location) ?? "";
    const fieldNames = layouts.get(text) ?? namesIn(text);
    layouts.set(text, fieldNames);
    return { ...file, fieldNames };
  });
}

/** Ids of the fields inside of columns, where files are read by id. */
function innerIds({ schema, configuration }: Snapshot["metadata"]): readonly number[] {
  if (configuration["delta.columnMapping.mode"] !== "id") return [];
  return [...walkFields(schema)].flatMap(({ path, field }) =>
    path.length === 1 ? [] : (fieldFacts(field).id ?? []),
  );
}

function namesIn(text: string): ReadonlyMap<number, string> {
  const lines = text === "" ? [] : text.split("\n");
  return new Map(
    lines.map((line) => {
      const space = line.indexOf(" ");
      return [Number(line.slice(0, space)), line.slice(space + 1)];
    }),
  );
}
