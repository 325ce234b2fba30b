import { type Json, type JsonObject, printJson } from "@clone-xs/delta";

/** Why a file of an Iceberg table is not what the specification says. */
export class IcebergFormatError extends Error {
  override readonly name = "IcebergFormatError";
}

/** A text as it is, anything else as JSON. */
export function jsonText(value: Json | undefined): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : printJson(value);
}

/** A text. Throws IcebergFormatError. */
export function textOf(json: Json | undefined, what: string): string {
  if (typeof json !== "string") throw new IcebergFormatError(`${what} is no text`);
  return json;
}

/** A number without a fraction. Throws IcebergFormatError. */
export function integerOf(json: Json | undefined, what: string): number {
  if (!Number.isSafeInteger(json)) throw new IcebergFormatError(`${what} is no whole number`);
  return Number(json);
}

/** A number of 64 bits. Throws IcebergFormatError. */
export function longOf(json: Json | undefined, what: string): bigint {
  if (typeof json === "bigint") return json;
  return BigInt(integerOf(json, what));
}

/** An object. Throws IcebergFormatError. */
export function objectOf(json: Json | undefined, what: string): JsonObject {
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new IcebergFormatError(`${what} is no object`);
  return json as JsonObject;
}

/** A list of objects; none where there is nothing. Throws IcebergFormatError. */
export function listOf(json: Json | undefined, what: string): readonly JsonObject[] {
  if (json === undefined || json === null) return [];
  if (!Array.isArray(json)) throw new IcebergFormatError(`${what} are no list`);
  return json.map((item: Json) => objectOf(item, `one of ${what}`));
}

/** An object of texts; numbers and the like as their text. */
export function textsOf(json: Json | undefined, what: string): Readonly<Record<string, string>> {
  if (json === undefined || json === null) return {};
  return Object.fromEntries(
    Object.entries(objectOf(json, what)).map(([key, value]) => [key, jsonText(value)]),
  );
}
