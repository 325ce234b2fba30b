import { requireUseCatalog, requireUseSchema } from "../../authorization/index.ts";
import { catalogNotFound, schemaNotFound } from "../errors.ts";
import type { ExecutionResult } from "../execution.ts";
import { partsOf, schemaName } from "../object-names.ts";
import { DONE, type Work } from "../work.ts";
import type { StatementOf } from "./statement.ts";

/**
 * USE checks the name and changes nothing: each statement of the Statement Execution API carries its own catalog and schema, and on
 * the service too a USE is forgotten before the next one.
 */
export function use(work: Work, { type, name }: StatementOf<"use">): ExecutionResult {
  const { metastore } = work.context;
  if (type === "CATALOG") {
    const catalog = partsOf(name).join(".").toLowerCase();
    if (metastore.catalog(catalog) === undefined) throw catalogNotFound(catalog);
    requireUseCatalog(work.viewer, catalog);
    return DONE;
  }
  const schema = schemaName(partsOf(name), work.namespace);
  if (metastore.schema(schema) === undefined) throw schemaNotFound([schema.catalog, schema.schema]);
  requireUseSchema(work.viewer, schema);
  return DONE;
}
