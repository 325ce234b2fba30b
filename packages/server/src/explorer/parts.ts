import { failureOf } from "@clone-xs/clone";
import { ServerError } from "../errors.ts";

/** A part of an answer that is read by itself. */
export type Part<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly error: { readonly code: string; readonly message: string } };

/** Reads one part; that it may not be read hides nothing else. Throws what concerns the whole connection. */
export async function part<Value>(attempted: string, read: () => Promise<Value>): Promise<Part<Value>> {
  try {
    return { ok: true, value: await read() };
  } catch (error) {
    return { ok: false, error: failureOf(error, attempted) };
  }
}

/** What is there, or NOT_FOUND. `kind` and `name` are for its message. */
export function found<Value>(value: Value | undefined, kind: string, name: string): Value {
  if (value === undefined) throw notFound(kind, name);
  return value;
}

/**
 * Throws NOT_FOUND for names that nothing can have: `a.b` joined with others would be the name of something else.
 * Catalogs of other systems may have names that are refused for new ones, so only what would be misread is.
 */
export function requireNames(kind: string, ...parts: readonly string[]): void {
  if (parts.some((name) => name === "" || /[./\p{Cc}]/u.test(name) || name.length > MOST))
    throw notFound(kind, parts.join("."));
}

const MOST = 255;

function notFound(kind: string, name: string): ServerError {
  return new ServerError("NOT_FOUND", `There is no ${kind} ${name}, or you may not see it.`);
}
