import { type DeltaTable, openTable, type TableEnvironment } from "@clone-xs/delta";

/** Handles that are kept: each holds the newest snapshot it read. */
const KEPT = 1000;

/** Opens Delta tables by directory, giving the same handle for as long as it is among the last used ones. */
export function deltaTables(environment: TableEnvironment): (location: string) => DeltaTable {
  const handles = new Map<string, DeltaTable>();
  return (location) => {
    const handle = handles.get(location) ?? openTable({ ...environment, root: location });
    handles.delete(location);
    handles.set(location, handle);
    const [oldest] = handles.keys();
    if (handles.size > KEPT && oldest !== undefined) handles.delete(oldest);
    return handle;
  };
}
