import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { type Json, type JsonObject, parseJson, printJson } from "@clone-xs/delta";
import { failure } from "../execution/errors.ts";

/** What is read of an Iceberg table's current metadata file. */
export interface IcebergMetadata {
  /** Where the table says it lies; its files are named below it. */
  readonly location: string;
  /** The current schema's fields. */
  readonly fields: readonly JsonObject[];
  /** Fields of the schemas that the table has had, the current one among them. */
  readonly schemas: readonly (readonly JsonObject[])[];
  readonly lastColumnId: number;
  readonly specs: ReadonlyMap<number, readonly PartitionField[]>;
  readonly properties: Readonly<Record<string, string>>;
  /** Absent for a table that nothing was written to. */
  readonly snapshot?: IcebergSnapshot;
}

export interface PartitionField {
  readonly name: string;
  readonly transform: string;
  readonly sourceId: number;
}

interface IcebergSnapshot {
  readonly id: bigint;
  readonly timestamp: number;
  /** Format version 1 may list its manifests right here. */
  readonly manifests: string | readonly string[];
}

/** Reads the newest metadata file of a table's directory. Throws for what is no Iceberg table of format version 1 or 2. */
export async function icebergMetadata(directory: string): Promise<IcebergMetadata> {
  const name = await currentFile(directory);
  const bytes = await readFile(join(directory, "metadata", name));
  const text = (/\.gz\./.test(name) ? gunzipSync(bytes) : bytes).toString("utf8");
  const json = parseJson(text) as JsonObject;
  const version = Number(json["format-version"]);
  if (version !== 1 && version !== 2) throw refusedIceberg(`format version ${version}`, directory);
  const schemas = list(json["schemas"]).map((schema) => ({
    id: schema["schema-id"],
    fields: list(schema["fields"]),
  }));
  const current = schemas.find(({ id }) => id === json["current-schema-id"])?.fields;
  const snapshot = snapshotOf(json);
  return {
    location: jsonText(json["location"] ?? "").replace(/\/+$/, ""),
    fields: current ?? list((json["schema"] as JsonObject | undefined)?.["fields"]),
    schemas: schemas.map(({ fields }) => fields),
    lastColumnId: Number(json["last-column-id"]),
    specs: specsOf(json),
    properties: texts(json["properties"]),
    ...(snapshot && { snapshot }),
  };
}

const NUMBERED = /^v?(\d+)(?:-[^/]*)?(?:\.gz)?\.metadata\.json$/;

/** The file that `version-hint.text` names, else the one of the highest number. */
async function currentFile(directory: string): Promise<string> {
  const names = await readdir(join(directory, "metadata")).catch((): string[] => []);
  const odd = names.find((name) => name.endsWith(".metadata.json") && !NUMBERED.test(name));
  if (odd !== undefined) throw refusedIceberg(`a metadata file without a number (${odd})`, directory);
  const numbered = names.flatMap((name) => {
    const number = NUMBERED.exec(name)?.[1];
    return number === undefined ? [] : [{ name, number: Number(number) }];
  });
  const hint = names.includes("version-hint.text")
    ? Number((await readFile(join(directory, "metadata", "version-hint.text"), "utf8")).trim())
    : Number.NaN;
  const last = Number.isNaN(hint) ? Math.max(-1, ...numbered.map((n) => n.number)) : hint;
  const found = numbered.filter(({ number }) => number === last);
  const [file] = found;
  if (file === undefined)
    throw failure(
      "DELTA_MISSING_ICEBERG_METADATA",
      "42KDD",
      `There is no Iceberg table in ${directory}: no metadata file was found.`,
    );
  if (found.length > 1) throw refusedIceberg(`${found.length} metadata files of number ${last}`, directory);
  return file.name;
}

function snapshotOf(json: JsonObject): IcebergSnapshot | undefined {
  const id = json["current-snapshot-id"];
  if (id === undefined || id === null || BigInt(jsonText(id)) === -1n) return undefined;
  const found = list(json["snapshots"]).find((s) => jsonText(s["snapshot-id"]) === jsonText(id));
  if (found === undefined) return undefined;
  const manifests = found["manifest-list"] ?? found["manifests"];
  return {
    id: BigInt(jsonText(id)),
    timestamp: Number(found["timestamp-ms"]),
    manifests: Array.isArray(manifests) ? manifests.map(jsonText) : jsonText(manifests),
  };
}

function specsOf(json: JsonObject): ReadonlyMap<number, readonly PartitionField[]> {
  const specs = list(json["partition-specs"]);
  if (specs.length === 0) return new Map([[0, list(json["partition-spec"]).map(partitionField)]]);
  return new Map(specs.map((spec) => [Number(spec["spec-id"]), list(spec["fields"]).map(partitionField)]));
}

function partitionField(field: JsonObject): PartitionField {
  return {
    name: jsonText(field["name"]),
    transform: jsonText(field["transform"]),
    sourceId: Number(field["source-id"]),
  };
}

/** A text as it is, anything else as JSON. */
export function jsonText(value: Json | undefined): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : printJson(value);
}

function list(json: Json | undefined): readonly JsonObject[] {
  return Array.isArray(json) ? (json as readonly JsonObject[]) : [];
}

function texts(json: Json | undefined): Readonly<Record<string, string>> {
  const entries = typeof json === "object" && json !== null ? Object.entries(json) : [];
  return Object.fromEntries(entries.map(([key, value]) => [key, jsonText(value)]));
}

/** An Iceberg table has something that is not read here. */
export function refusedIceberg(what: string, directory: string) {
  return failure(
    "UNSUPPORTED_FEATURE",
    "0A000",
    `The feature is not supported by the embedded workspace: Iceberg tables with ${what} (${directory}).`,
  );
}
