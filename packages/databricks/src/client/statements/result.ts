import { type ResultColumn, type Statement, type StatementResult, WorkspaceError } from "@clone-xs/unity";
import {
  endpoints,
  pathTo,
  ResultData,
  type ResultRow,
  type StatementResponse,
} from "../../contract/index.ts";
import type { HttpClient } from "../http/client.ts";

/**
 * The result of a statement that succeeded, all chunks in order. A write whose rows cannot be read any more succeeded all
 * the same (`resultGone`); a read throws. Rows are never missing silently: their number is compared with the manifest's.
 */
export async function readResult(
  http: HttpClient,
  { effect }: Statement,
  response: StatementResponse,
  signal?: AbortSignal,
): Promise<StatementResult> {
  const { statement_id: statementId, status, manifest } = response;
  const columns = (manifest?.schema.columns ?? [])
    .toSorted((a, b) => a.position - b.position)
    .map(resultColumn);
  const head = { statementId, columns, truncated: manifest?.truncated ?? false };
  if (status.state === "CLOSED") return { ...head, rows: [], resultGone: true };
  try {
    return {
      ...head,
      rows: await readRows(http, response, effect === "read" ? signal : undefined),
      resultGone: false,
    };
  } catch (error) {
    if (effect === "write" && error instanceof WorkspaceError) return { ...head, rows: [], resultGone: true };
    throw error;
  }
}

async function readRows(
  http: HttpClient,
  { statement_id, manifest, result }: StatementResponse,
  signal?: AbortSignal,
): Promise<ResultRow[]> {
  const rows: ResultRow[] = [];
  let chunk: ResultData | undefined = result;
  for (let read = 1; chunk !== undefined; read++) {
    for (const row of chunk.data_array ?? []) rows.push(row);
    const next: string | undefined = nextChunkPath(statement_id, chunk);
    if (next === undefined) break;
    if (manifest?.total_chunk_count !== undefined && read >= manifest.total_chunk_count)
      throw incomplete(statement_id, "more chunks than announced");
    chunk = await http.call({
      ...endpoints.getStatementChunk,
      path: next,
      effect: "read",
      answer: ResultData,
      signal,
    });
  }
  const total = manifest?.total_row_count;
  if (total !== undefined && total !== rows.length)
    throw incomplete(statement_id, `${rows.length} of ${total} rows`);
  return rows;
}

/** The server's own link, an absolute path on the same host, else the path of the next index; `undefined` after the last. */
function nextChunkPath(
  statement_id: string,
  { next_chunk_index, next_chunk_internal_link }: ResultData,
): string | undefined {
  if (next_chunk_internal_link?.startsWith("/")) return next_chunk_internal_link;
  return next_chunk_index === undefined
    ? undefined
    : pathTo(endpoints.getStatementChunk, { statement_id, chunk_index: next_chunk_index });
}

function incomplete(statementId: string, what: string): WorkspaceError {
  return new WorkspaceError("INTERNAL", `The result of statement ${statementId} is incomplete: ${what}.`, {
    statementId,
  });
}

function resultColumn({
  name,
  type_text,
  type_name,
}: {
  name: string;
  type_text: string;
  type_name: string;
}): ResultColumn {
  // Field names inside nested types keep their case.
  return {
    name,
    typeText: type_text.includes("<") ? type_text : type_text.toUpperCase(),
    typeName: type_name,
  };
}
