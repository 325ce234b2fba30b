import type { Securable } from "@clone-xs/sql";
import { nameOf, requireUseOfParents, type Target } from "../../authorization/index.ts";
import { catalogNotFound, failure, schemaNotFound, tableNotFound, unsupported } from "../errors.ts";
import { objectName, partsOf, schemaName } from "../object-names.ts";
import type { Work } from "../work.ts";

/** What `TABLE c.s.t` and its like mean; it must exist. */
export function targetOf(work: Work, securable: Securable): Target {
  const { metastore } = work.context;
  const parts = partsOf(securable.name);
  const place = { text: work.input.text, span: securable.name };
  switch (securable.type) {
    case "METASTORE":
      return { type: "metastore" };
    case "CATALOG": {
      const name = parts.join(".").toLowerCase();
      if (metastore.catalog(name) === undefined) throw catalogNotFound(name);
      return { type: "catalog", name };
    }
    case "SCHEMA": {
      const name = schemaName(parts, work.namespace, place);
      if (metastore.schema(name) === undefined) throw schemaNotFound([name.catalog, name.schema]);
      return { type: "schema", name };
    }
    case "TABLE":
    case "VIEW": {
      const name = objectName(parts, work.namespace, place);
      const found = metastore.table(name);
      if (found === undefined) requireUseOfParents(work.viewer, name);
      if (found === undefined) throw tableNotFound(parts, place);
      return { type: "table", name };
    }
    case "FUNCTION": {
      const name = objectName(parts, work.namespace, place);
      const found = metastore.function(name);
      if (found === undefined) requireUseOfParents(work.viewer, name);
      if (found === undefined)
        throw failure(
          "ROUTINE_NOT_FOUND",
          "42883",
          `The routine '${nameOf({ type: "function", name })}' cannot be found. Verify the spelling and correctness of the schema and catalog.`,
        );
      return { type: "function", name };
    }
    case "VOLUME": {
      const name = objectName(parts, work.namespace, place);
      const found = metastore.volume(name);
      if (found === undefined) requireUseOfParents(work.viewer, name);
      if (found === undefined)
        throw failure(
          "VOLUME_DOES_NOT_EXIST",
          "42704",
          `Volume '${nameOf({ type: "volume", name })}' does not exist.`,
        );
      return { type: "volume", name };
    }
    case "SHARE":
      throw unsupported("shares", place);
  }
}
