export type { Existence, SecurableName, TextMap } from "./clauses.ts";
export * from "./constraints.ts";
export * from "./containers.ts";
export * from "./create-table.ts";
export * from "./functions.ts";
export * from "./governance.ts";
export * from "./history.ts";
export * from "./information-schema.ts";
export * from "./policies.ts";
export {
  type AsOf,
  bytesOnlyIn,
  type Cell,
  type CloneTableRequest,
  cloneTable,
  countWhere,
  filesOf,
  type InsertValuesRequest,
  insertValues,
  restoreTable,
  selectCount,
  setTableProperties,
  type TableSource,
  unsetTableProperties,
} from "./tables.ts";
export * from "./views.ts";
