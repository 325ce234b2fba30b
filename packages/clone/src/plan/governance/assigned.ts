import type { GovernanceRead, SecurableReference } from "../../inspect/inventory.ts";
import { groupBy } from "../../inspect/rows.ts";
import { securableKey } from "./securable-key.ts";

/** Tags or grants of both ends, looked up by `securableKey`. */
export interface Assigned<Row> {
  readonly source: (key: string) => readonly Row[];
  readonly target: (key: string) => readonly Row[];
}

/** `undefined` target: the destination does not exist yet and has none. */
export function assigned<Row extends SecurableReference>(
  source: readonly Row[],
  target: readonly Row[],
): Assigned<Row> {
  const [here, there] = [groupBy(source, securableKey), groupBy(target, securableKey)];
  return { source: (key) => here.get(key) ?? [], target: (key) => there.get(key) ?? [] };
}

/** The rows of a read, or `undefined` when it failed; of what is not there yet, none. */
export function rowsOf<Row>(read: GovernanceRead<Row> | undefined): readonly Row[] | undefined {
  if (read === undefined) return [];
  return read.ok ? read.rows : undefined;
}
