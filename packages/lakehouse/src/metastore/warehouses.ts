import { type Database, type Row, text } from "./database.ts";
import type { Metastore, WarehouseRecord } from "./metastore.ts";

export type WarehouseStore = Pick<Metastore, "warehouses" | "warehouse" | "putWarehouse" | "removeWarehouse">;

export function warehouseStore(database: Database): WarehouseStore {
  return {
    warehouses: () =>
      database
        .all("SELECT record FROM warehouses")
        .map(parse)
        .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
    warehouse: (id) => database.all("SELECT record FROM warehouses WHERE id = ?", [id]).map(parse)[0],
    putWarehouse(record) {
      const sql = "INSERT OR REPLACE INTO warehouses (id, record) VALUES (?, ?)";
      database.run(sql, [record.id, JSON.stringify(record)]);
    },
    removeWarehouse: (id) => void database.run("DELETE FROM warehouses WHERE id = ?", [id]),
  };
}

function parse(row: Row): WarehouseRecord {
  return JSON.parse(text(row, "record")) as WarehouseRecord;
}
