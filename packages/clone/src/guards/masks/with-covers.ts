import { type Inventory, localKey } from "../../inspect/inventory.ts";
import type { LiftedTable } from "../journal.ts";
import { covered } from "./covers.ts";

/** The source as it is when nothing is lifted, with a note of what is. */
export function withCovers(source: Inventory, lifted: readonly LiftedTable[]): Inventory {
  if (lifted.length === 0) return source;
  const covers = new Map(lifted.map((table) => [localKey(table), table]));
  const schemas = source.schemas.map((schema) => ({
    ...schema,
    tables: schema.tables.map((table) => {
      const found = covers.get(localKey(table));
      return found === undefined ? table : covered(table, found);
    }),
  }));
  return { ...source, schemas, lifted: Object.fromEntries([...covers.keys()].map((key) => [key, {}])) };
}
