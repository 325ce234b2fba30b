import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type JsonObject, parseJson } from "@clone-xs/delta";
import { IcebergFormatError, integerOf, listOf, longOf, objectOf, textOf, textsOf } from "./json.ts";
import { parsedFile } from "./place.ts";
import { refusedIceberg } from "./refused.ts";

/** What is read of an Iceberg table's current metadata file. */
export interface IcebergMetadata {
  readonly formatVersion: number;
  /** Where the table says it lies; its files are named below it. */
  readonly location: string;
  /** The current schema's fields. */
  readonly fields: readonly JsonObject[];
  /** Fields of the schemas that the table has had, the current one among them. */
  readonly schemas: readonly (readonly JsonObject[])[];
  readonly lastColumnId: number;
  readonly specs: ReadonlyMap<number, readonly PartitionField[]>;
  /** The specification that new files follow. */
  readonly defaultSpec: number;
  readonly properties: Readonly<Record<string, string>>;
  readonly lastUpdated: number;
  /** Absent for a table that nothing was written to. */
  readonly snapshot?: IcebergSnapshot;
}

export interface PartitionField {
  readonly name: string;
  readonly transform: string;
  readonly sourceId: number;
}

export interface IcebergSnapshot {
  readonly id: bigint;
  readonly timestamp: number;
  /** Format version 1 may list its manifests right here. */
  readonly manifests: string | readonly string[];
  /** Live data files, where the snapshot counts them. */
  readonly dataFiles?: number;
}

/** What a metadata file may hold when it is unpacked. */
const MOST_METADATA_BYTES = 256 * 1024 * 1024;

/** Reads a metadata file. Throws FAILED_READ_FILE, and UNSUPPORTED_FEATURE for other format versions than 1, 2 and 3. */
export async function metadataFile(directory: string, name: string): Promise<IcebergMetadata> {
  const path = join(directory, "metadata", name);
  return parsedFile({ directory, location: "" }, path, (bytes) => {
    const plain = name.includes(".gz") ? gunzipSync(bytes, { maxOutputLength: MOST_METADATA_BYTES }) : bytes;
    const text = new TextDecoder("utf-8", { fatal: true }).decode(plain);
    return metadataOf(objectOf(parseJson(text), "it"), directory);
  });
}

function metadataOf(json: JsonObject, directory: string): IcebergMetadata {
  const formatVersion = integerOf(json["format-version"], "format-version");
  if (formatVersion < 1 || formatVersion > 3)
    throw refusedIceberg(`format version ${formatVersion}`, directory);
  const schemas = listOf(json["schemas"], "schemas");
  const current = schemas.find((schema) => schema["schema-id"] === json["current-schema-id"]);
  if (current === undefined && schemas.length > 0)
    throw new IcebergFormatError("its current schema is not among its schemas");
  const whole = schemas.length > 0 ? schemas : [objectOf(json["schema"], "schema")];
  const fields = listOf((current ?? whole[0])?.["fields"], "fields");
  const snapshot = snapshotOf(json);
  return {
    formatVersion,
    location: textOf(json["location"], "location"),
    fields,
    schemas: whole.map((schema) => listOf(schema["fields"], "fields")),
    lastColumnId: integerOf(json["last-column-id"], "last-column-id"),
    specs: specsOf(json),
    defaultSpec: integerOf(json["default-spec-id"] ?? 0, "default-spec-id"),
    properties: textsOf(json["properties"], "properties"),
    lastUpdated: integerOf(json["last-updated-ms"] ?? 0, "last-updated-ms"),
    ...(snapshot && { snapshot }),
  };
}

/** Without a current snapshot nothing was written: minus one, null and nothing at all say so. */
function snapshotOf(json: JsonObject): IcebergSnapshot | undefined {
  const current = json["current-snapshot-id"];
  if (current === undefined || current === null || current === -1) return undefined;
  const id = longOf(current, "current-snapshot-id");
  const found = listOf(json["snapshots"], "snapshots").find(
    (snapshot) => longOf(snapshot["snapshot-id"], "snapshot-id") === id,
  );
  if (found === undefined)
    throw new IcebergFormatError(`its current snapshot ${id} is not among its snapshots`);
  const { manifests } = found;
  const dataFiles = textsOf(found["summary"], "summary")["total-data-files"];
  return {
    id,
    timestamp: integerOf(found["timestamp-ms"], "timestamp-ms"),
    manifests:
      found["manifest-list"] === undefined && Array.isArray(manifests)
        ? manifests.map((uri) => textOf(uri, "a manifest"))
        : textOf(found["manifest-list"], "manifest-list"),
    ...(dataFiles !== undefined && { dataFiles: Number(dataFiles) }),
  };
}

function specsOf(json: JsonObject): ReadonlyMap<number, readonly PartitionField[]> {
  const specs = listOf(json["partition-specs"], "partition-specs");
  const fields = (list: JsonObject[string] | undefined) =>
    listOf(list, "partition fields").map(partitionField);
  if (specs.length === 0) return new Map([[0, fields(json["partition-spec"])]]);
  return new Map(specs.map((spec) => [integerOf(spec["spec-id"], "spec-id"), fields(spec["fields"])]));
}

/** A field of several columns names them in a list, which its transform is then about. */
function partitionField(field: JsonObject): PartitionField {
  return {
    name: textOf(field["name"], "the name of a partition field"),
    transform: textOf(field["transform"], "transform"),
    sourceId: field["source-id"] === undefined ? -1 : integerOf(field["source-id"], "source-id"),
  };
}
