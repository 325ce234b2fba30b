import type { FunctionCall } from "@clone-xs/sql";
import type { ExecutionError } from "../execution.ts";
import type { Environment } from "../translate/environment.ts";
import type { Typed } from "../translate/typed.ts";
import type { Type } from "../types/types.ts";

/** One call being translated, as an entry of the function table sees it. */
export interface CallSite {
  /** Translated arguments; a lambda stands as NULL here and is asked for by {@link lambda}. */
  readonly args: readonly Typed[];
  readonly call: FunctionCall;
  readonly environment: Environment;
  /** DuckDB's call of an aggregate or window function, with the statement's DISTINCT, FILTER, IGNORE NULLS and OVER. */
  aggregate(name: string, args: readonly string[], orderBy?: string): string;
  /** The lambda at an argument place: DuckDB's names of its parameters and its translated body, in which `shown` says how a parameter is written. */
  lambda(
    index: number,
    types: readonly Type[],
    shown?: (name: string, place: number) => string,
  ): { readonly names: readonly string[]; readonly body: Typed };
  /** DATATYPE_MISMATCH for the whole call. */
  mismatch(message: string): ExecutionError;
  /** A feature of this function that is not built. */
  unsupported(what: string): ExecutionError;
}

/** How one SQL function becomes DuckDB. */
export interface Entry {
  readonly kind: "scalar" | "aggregate" | "window";
  readonly min: number;
  readonly max: number;
  readonly translate: (site: CallSite) => Typed;
}

export type FunctionFamily = Readonly<Record<string, Entry>>;

export function scalar(min: number, max: number, translate: Entry["translate"]): Entry {
  return { kind: "scalar", min, max, translate };
}

export function aggregate(min: number, max: number, translate: Entry["translate"]): Entry {
  return { kind: "aggregate", min, max, translate };
}

export function window(min: number, max: number, translate: Entry["translate"]): Entry {
  return { kind: "window", min, max, translate };
}

/** The argument at a place; arity is checked before an entry is called. */
export function arg(site: CallSite, index: number): Typed {
  const found = site.args[index];
  if (found === undefined) throw new RangeError(`argument ${index} of ${site.call.name.parts.at(-1)?.text}`);
  return found;
}
