import { id, lit, sql, statement } from "@clone-xs/sql";
import { fullName, type ObjectName, type Statement } from "@clone-xs/unity";
import { hole, type Template, template } from "./template.ts";

/**
 * How far a target is, kept on the target itself: which stream keeps it, and the source's version that it equals with the time of that
 * version. Another time at the same version means another table.
 */
export const STREAM_PROPERTY = "clxs.stream";
export const VERSION_PROPERTY = "clxs.stream.version";
export const TIME_PROPERTY = "clxs.stream.at";

/** A commit of a source: its version, and when the source says that it was made, in epoch milliseconds. Both are digits: 64-bit. */
export interface Commit {
  readonly version: string;
  readonly at: string;
}

/** What a copy says of itself. */
export interface Kept {
  readonly stream: string;
  readonly source: string;
  readonly position: Commit;
}

export interface Ends {
  readonly source: ObjectName;
  readonly target: ObjectName;
}

/** What `clxs.stream` says on the copies of a stream. */
export function markOf(streamId: string, { source, target }: Ends): string {
  return JSON.stringify({ v: 1, stream: streamId, source: fullName(source), target: fullName(target) });
}

/** `TBLPROPERTIES (…)` with the position of the copy; the holes are `to` and `at`. */
export function positionClause(mark: string): Template {
  return template`TBLPROPERTIES (${lit(STREAM_PROPERTY)} = ${lit(mark)}, ${lit(VERSION_PROPERTY)} = '${hole("to")}', ${lit(TIME_PROPERTY)} = '${hole("at")}')`;
}

/** The same as properties of a CLONE that makes the copy. */
export function positionProperties(mark: string, { version, at }: Commit): Readonly<Record<string, string>> {
  return { [STREAM_PROPERTY]: mark, [VERSION_PROPERTY]: version, [TIME_PROPERTY]: at };
}

export function showProperties(table: ObjectName): Statement {
  return statement("describe", sql`SHOW TBLPROPERTIES ${id(table)}`);
}

/** What the properties of a table say; `undefined` when no stream keeps it, or the words are about another table. */
export function keptBy(properties: Readonly<Record<string, string>>, target: ObjectName): Kept | undefined {
  const mark = parsed(properties[STREAM_PROPERTY]);
  const [version = "", at = ""] = [properties[VERSION_PROPERTY], properties[TIME_PROPERTY]];
  const { stream, source, target: named } = mark;
  if (typeof stream !== "string" || typeof source !== "string" || typeof named !== "string") return undefined;
  if (named.toLowerCase() !== fullName(target).toLowerCase()) return undefined;
  return isDigits(version) && isDigits(at) ? { stream, source, position: { version, at } } : undefined;
}

function isDigits(text: string): boolean {
  return /^\d+$/u.test(text);
}

function parsed(text: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}
