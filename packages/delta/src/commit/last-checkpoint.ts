import { createHash } from "node:crypto";
import { type Json, type JsonObject, printJson } from "../json.ts";

/** The content of `_last_checkpoint`, with the checksum of itself. Protocol: "Last Checkpoint File". */
export function lastCheckpoint(hint: JsonObject): string {
  return printJson({ ...hint, checksum: checksumOf(hint) });
}

/** MD5 of the object's canonical form. Protocol: "JSON checksum". */
export function checksumOf({ checksum: _checksum, ...hint }: JsonObject): string {
  return createHash("md5")
    .update([...canonical(hint, [])].sort().join(","))
    .digest("hex");
}

/** `"k1"+"k3"+0="v3"`: the path of each leaf, text in quotes and percent-encoded; the whole is sorted as text, places in lists too. */
function* canonical(value: Json, path: readonly string[]): Generator<string> {
  if (Array.isArray(value)) {
    for (const [i, item] of (value as readonly Json[]).entries())
      yield* canonical(item, [...path, String(i)]);
  } else if (isObject(value)) {
    for (const key of Object.keys(value)) yield* canonical(value[key] ?? null, [...path, quoted(key)]);
  } else yield `${path.join("+")}=${typeof value === "string" ? quoted(value) : printJson(value)}`;
}

function isObject(value: Json): value is JsonObject {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.getPrototypeOf(value) === Object.prototype
  );
}

function quoted(text: string): string {
  const encoded = encodeURIComponent(text).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `"${encoded}"`;
}
