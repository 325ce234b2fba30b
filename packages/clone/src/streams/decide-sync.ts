import type { Commit } from "./position.ts";
import type { StreamProgram } from "./program.ts";
import type { Method } from "./table-program.ts";

/** A commit of a source with what it did. */
export interface SourceCommit extends Commit {
  readonly operation: string;
}

/** What to do about a table whose source has moved. */
export type SyncDecision =
  /** No row and no column has changed: only the position moves. */
  | { readonly kind: "advance" }
  | { readonly kind: "merge" }
  | { readonly kind: "refresh"; readonly reason: string };

export interface SyncQuestion {
  readonly method: Method;
  readonly position: Commit;
  /** The newest commit of the source when the tick began. */
  readonly to: Commit;
  /** Commits of the source from the position on, in any order. */
  readonly commits: readonly SourceCommit[];
  readonly operations: StreamProgram["operations"];
}

/**
 * How a copy gets from its position to `to`. When the commit of the position is not in the source's history with its time, the source is
 * another table, or was not looked at for so long that its history is gone.
 */
export function decideSync({ method, position, to, commits, operations }: SyncQuestion): SyncDecision {
  const anchor = commits.find(({ version }) => version === position.version);
  if (anchor === undefined || BigInt(to.version) < BigInt(position.version))
    return { kind: "refresh", reason: `the source's history no longer has version ${position.version}` };
  if (anchor.at !== position.at) return { kind: "refresh", reason: "the source was made anew" };
  const passed = commits.filter(
    ({ version }) => BigInt(version) > BigInt(position.version) && BigInt(version) <= BigInt(to.version),
  );
  if (passed.every(({ operation }) => operations.neutral.includes(operation.toUpperCase())))
    return { kind: "advance" };
  const rebuilt = passed.find(({ operation }) => operations.rebuilding.includes(operation.toUpperCase()));
  if (rebuilt !== undefined)
    return { kind: "refresh", reason: `${rebuilt.operation} in version ${rebuilt.version}` };
  return method.kind === "merge" ? { kind: "merge" } : { kind: "refresh", reason: "it has no key" };
}

/** A column as the engine spells it. */
export interface ColumnSpelling {
  readonly name: string;
  readonly type: string;
}

/** What has to happen to a copy's columns before changes can be merged into it. */
export type ColumnsDecision =
  | { readonly kind: "same" }
  | { readonly kind: "add"; readonly columns: readonly ColumnSpelling[] }
  | { readonly kind: "refresh"; readonly reason: string };

/** New columns of plain types at the end are added; anything else takes a clone. */
export function decideColumns(
  source: readonly ColumnSpelling[],
  target: readonly ColumnSpelling[],
): ColumnsDecision {
  const kept = target.every(({ name, type }, i) => source[i]?.name === name && source[i]?.type === type);
  if (!kept) return { kind: "refresh", reason: "columns have changed" };
  const columns = source.slice(target.length);
  if (columns.length === 0) return { kind: "same" };
  const nested = columns.find(({ type }) => !PLAIN.test(type));
  if (nested !== undefined) return { kind: "refresh", reason: `column ${nested.name} is new and nested` };
  return { kind: "add", columns };
}

/** `bigint`, `DECIMAL(10,2)`: no names within, which would have to be quoted. */
const PLAIN = /^[a-z_]+(?:\(\d+(?:,\s?\d+)?\))?$/iu;
