import { dropObject } from "@clone-xs/sql";
import { fullName } from "@clone-xs/unity";
import { readStamp } from "../decide/provenance.ts";
import { CloneError } from "../errors.ts";
import type { DropOrphanOperation } from "../plan/plan.ts";
import { ensure, type Performed, type PerformPorts } from "./sending.ts";

/** Drops a clone whose source is gone. Throws FOREIGN_TARGET when something else stands there by now. */
export async function dropOrphan(
  { type, target, tableId }: DropOrphanOperation,
  ports: PerformPorts,
): Promise<Performed> {
  const found = await ports.target.unity.table(target);
  if (found === undefined) return {};
  const isSame = tableId === null || found.tableId === undefined || found.tableId === tableId;
  if (!isSame || readStamp(found.properties, target) === undefined) {
    const message = `${fullName(target)} is not the clone any more that was to be dropped; it is left.`;
    throw new CloneError("FOREIGN_TARGET", message, { object: fullName(target) });
  }
  return ensure(dropObject(type, target, { ifExists: true }), ports);
}
