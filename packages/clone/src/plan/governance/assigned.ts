import type { GovernanceRead, SecurableReference } from "../../inspect/inventory.ts";
import { groupBy } from "../../inspect/rows.ts";
import { securableKey } from "./securable-key.ts";

/** Tags or grants of both ends, looked up by `securableKey`. */
export interface Assigned<Row> {
  readonly source: (key: string) => readonly Row[];
  readonly target: (key: string) => readonly Row[];
  /** Whether both ends could be read for a kind of securable. */
  readonly isKnown: (level: SecurableReference["level"]) => boolean;
}

/** `undefined` target: the destination does not exist yet and has none. */
export function assigned<Row extends SecurableReference>(
  source: GovernanceRead<Row>,
  target: GovernanceRead<Row> | undefined,
): Assigned<Row> {
  const here = groupBy(rowsOf(source), securableKey);
  const there = groupBy(rowsOf(target), securableKey);
  return {
    source: (key) => here.get(key) ?? [],
    target: (key) => there.get(key) ?? [],
    isKnown: (level) => covers(source, level) && covers(target, level),
  };
}

/** The rows of a read, those of a failed one as far as they came. */
export function rowsOf<Row>(read: GovernanceRead<Row> | undefined): readonly Row[] {
  if (read === undefined) return [];
  return read.ok ? read.rows : (read.partial?.rows ?? []);
}

function covers(read: GovernanceRead<unknown> | undefined, level: SecurableReference["level"]): boolean {
  return read === undefined || read.ok || (read.partial?.levels.includes(level) ?? false);
}
