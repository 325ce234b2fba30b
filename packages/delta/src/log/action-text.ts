import type {
  Action,
  AddFile,
  CdcFile,
  CommitInfo,
  DomainMetadata,
  MetadataAction,
  Protocol,
  RemoveFile,
  Transaction,
} from "../actions.ts";
import { DeltaError } from "../errors.ts";
import { type Json, type JsonObject, parseJson, printJson } from "../json.ts";

/** Actions this package reads; the rest (checkpointMetadata, sidecar apart) carry nothing it needs. */
const KINDS = [
  "add",
  "remove",
  "metaData",
  "protocol",
  "commitInfo",
  "txn",
  "domainMetadata",
  "cdc",
] as const;

/** Prints one action as a line of a commit or a row of a checkpoint, without line end. */
export function printAction(action: Action): string {
  return printJson(action);
}

/**
 * Reads one line of a commit or one row of a checkpoint. Unknown kinds give `undefined`. Keys whose value is
 * null are left out (except partition values and tags). Throws DELTA_LOG_CORRUPT when the text is no JSON
 * object or lacks what every reader needs.
 */
export function parseAction(text: string): Action | undefined {
  const row = parseObject(text);
  for (const kind of KINDS) {
    const body = row[kind];
    if (body === undefined || body === null) continue;
    if (typeof body !== "object" || Array.isArray(body)) throw corrupt(`${kind} is no object`);
    return checked(kind, withoutNulls(body as JsonObject));
  }
  return undefined;
}

/**
 * Reads one line of a commit as Spark does: what follows the value on the line is ignored, and so is a
 * commitInfo that is not JSON (hand-edited logs have both). `text` is the line without what was ignored.
 * Blank lines give `undefined`. Throws as {@link parseAction}.
 */
export function parseLine(text: string): { readonly action: Action; readonly text: string } | undefined {
  if (text.trim() === "") return undefined;
  try {
    const action = parseAction(text);
    return action && { action, text };
  } catch (cause) {
    if (/^\s*\{\s*"commitInfo"/.test(text)) return undefined;
    const value = text.slice(0, text.lastIndexOf("}") + 1);
    if (value === "" || value === text.trimEnd()) throw cause;
    return parseLine(value);
  }
}

function parseObject(text: string): JsonObject {
  let value: Json;
  try {
    value = parseJson(text);
  } catch (cause) {
    throw new DeltaError("DELTA_LOG_CORRUPT", "not a JSON object", { cause });
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw corrupt("not a JSON object");
  return value as JsonObject;
}

/**
 * The one place where log text gets a static type: what every reader needs was checked, the rest is optional.
 */
function checked(kind: (typeof KINDS)[number], body: Record<string, Json>): Action {
  const trusted: unknown = body;
  switch (kind) {
    case "add":
      needNumbers(kind, body, ["size", "modificationTime"]);
      return { add: fileAction(kind, body) as AddFile };
    case "remove":
      return { remove: fileAction(kind, body) as RemoveFile };
    case "metaData":
      return { metaData: metadataAction(body) as MetadataAction };
    case "protocol":
      needNumbers(kind, body, ["minReaderVersion", "minWriterVersion"]);
      return { protocol: trusted as Protocol };
    case "txn":
      needText(kind, body, ["appId"]);
      needNumbers(kind, body, ["version"]);
      return { txn: trusted as Transaction };
    case "domainMetadata":
      needText(kind, body, ["domain"]);
      return { domainMetadata: domainAction(body) as DomainMetadata };
    case "commitInfo":
      return { commitInfo: trusted as CommitInfo };
    case "cdc":
      return { cdc: trusted as CdcFile };
  }
}

function fileAction(kind: string, body: Record<string, Json>): unknown {
  needText(kind, body, ["path"]);
  needObjects(kind, body, ["partitionValues", "deletionVector", "tags"]);
  if (typeof body["baseRowId"] === "number") body["baseRowId"] = BigInt(body["baseRowId"]);
  if (kind === "add") body["partitionValues"] ??= {};
  const vector = body["deletionVector"];
  if (vector !== undefined) {
    body["deletionVector"] = withoutNulls(vector as JsonObject);
    needText(`${kind}.deletionVector`, vector as JsonObject, ["storageType", "pathOrInlineDv"]);
  }
  return body;
}

function metadataAction(body: Record<string, Json>): unknown {
  needText("metaData", body, ["id", "schemaString"]);
  needObjects("metaData", body, ["configuration", "format"]);
  return { format: { provider: "parquet", options: {} }, partitionColumns: [], configuration: {}, ...body };
}

function domainAction(body: Record<string, Json>): unknown {
  return { configuration: "", removed: false, ...body };
}

function withoutNulls(body: JsonObject): Record<string, Json> {
  const kept: Record<string, Json> = {};
  for (const key in body) {
    const value = body[key];
    if (value !== null && value !== undefined) kept[key] = value;
  }
  return kept;
}

function needText(kind: string, body: JsonObject, keys: readonly string[]): void {
  for (const key of keys) if (typeof body[key] !== "string") throw corrupt(`${kind}.${key} is no text`);
}

/** Of those that are there. */
function needObjects(kind: string, body: JsonObject, keys: readonly string[]): void {
  for (const key of keys) {
    const value = body[key];
    if (value !== undefined && (typeof value !== "object" || Array.isArray(value)))
      throw corrupt(`${kind}.${key} is no object`);
  }
}

function needNumbers(kind: string, body: JsonObject, keys: readonly string[]): void {
  for (const key of keys)
    if (!Number.isSafeInteger(body[key])) throw corrupt(`${kind}.${key} is no whole number`);
}

function corrupt(what: string): DeltaError {
  return new DeltaError("DELTA_LOG_CORRUPT", what);
}
