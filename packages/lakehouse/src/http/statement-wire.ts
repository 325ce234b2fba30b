import {
  type ResultData,
  type ResultManifest,
  type StatementResponse,
  type StatementStatus,
  typeDetailsOf,
} from "@clone-xs/databricks/contract";
import type { TrackedResult, TrackedStatement } from "../workspace/statements/registry.ts";
import { type Chunk, chunksOf } from "../workspace/statements/result-chunks.ts";

/** Answer of execute and get: id and status; with the manifest and the first chunk once it succeeded. */
export function statementResponse(statement: TrackedStatement): StatementResponse {
  const { id, result } = statement;
  const head = { statement_id: id, status: statusOf(statement) };
  if (result === undefined) return head;
  return { ...head, manifest: manifestOf(result), result: chunkData(id, result, 0) ?? {} };
}

/** One chunk with its rows, or `undefined` when there is none of this index. */
export function chunkData(id: string, result: TrackedResult, index: number): ResultData | undefined {
  const chunks = chunksCached(result);
  const chunk = chunks[index];
  if (chunk === undefined) return undefined;
  const { rowOffset, rowCount } = chunk;
  const next = index + 1;
  return {
    chunk_index: index,
    row_offset: rowOffset,
    row_count: rowCount,
    ...(next < chunks.length
      ? {
          next_chunk_index: next,
          next_chunk_internal_link: `/api/2.0/sql/statements/${id}/result/chunks/${next}?row_offset=${rowOffset + rowCount}`,
        }
      : {}),
    data_array: result.rows.slice(rowOffset, rowOffset + rowCount),
  };
}

function statusOf({ state, failure }: TrackedStatement): StatementStatus {
  if (failure === undefined) return { state };
  const { errorCode, message, sqlState } = failure;
  return {
    state,
    error: { error_code: errorCode, message },
    ...(sqlState === undefined ? {} : { sql_state: sqlState }),
  };
}

function manifestOf(result: TrackedResult): ResultManifest {
  const { columns, rows, truncated } = result;
  const chunks = chunksCached(result);
  const schema =
    columns.length === 0
      ? { column_count: 0 }
      : {
          column_count: columns.length,
          columns: columns.map(({ name, typeText }, position) => ({
            name,
            position,
            type_text: typeText,
            ...typeDetailsOf(typeText),
          })),
        };
  return {
    format: "JSON_ARRAY",
    schema,
    total_chunk_count: chunks.length,
    ...(chunks.length === 0
      ? {}
      : {
          chunks: chunks.map(({ index, rowOffset, rowCount }) => ({
            chunk_index: index,
            row_offset: rowOffset,
            row_count: rowCount,
          })),
        }),
    total_row_count: rows.length,
    total_byte_count: 0,
    truncated,
  };
}

const known = new WeakMap<TrackedResult, readonly Chunk[]>();

function chunksCached(result: TrackedResult): readonly Chunk[] {
  const chunks = known.get(result) ?? chunksOf(result.rows);
  known.set(result, chunks);
  return chunks;
}
