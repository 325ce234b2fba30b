import type { Table, UnityReads } from "@clone-xs/unity";

/** The table of a catalog that has this id, whatever it is called now. */
export async function tableById(id: string, catalog: string, unity: UnityReads): Promise<Table | undefined> {
  for (const { schema } of await unity.schemas(catalog)) {
    const tables = await unity.tables(catalog, schema);
    const table = tables.find(({ tableId }) => tableId === id);
    if (table !== undefined) return table;
  }
  return undefined;
}
