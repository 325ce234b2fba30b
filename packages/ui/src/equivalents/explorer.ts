import type { Means } from "./equivalents.ts";
import { command, quoted } from "./shell.ts";

const at = encodeURIComponent;

/** Names of Unity Catalog as SQL takes them. */
function sqlName(...parts: readonly string[]): string {
  return parts
    .map((part) => (/^[a-z_][a-z0-9_]*$/iu.test(part) ? part : `\`${part.replaceAll("`", "``")}\``))
    .join(".");
}

function looking(statement: string, path: string): Means {
  return { cli: command("clxs sql", [quoted(statement)]), call: { method: "GET", path } };
}

/** What a catalog is. */
export function describingCatalog(catalog: string): Means {
  return looking(`DESCRIBE CATALOG EXTENDED ${sqlName(catalog)}`, `/api/catalogs/${at(catalog)}`);
}

/** What a schema is. */
export function describingSchema(catalog: string, schema: string): Means {
  const path = `/api/catalogs/${at(catalog)}/schemas/${at(schema)}`;
  return looking(`DESCRIBE SCHEMA EXTENDED ${sqlName(catalog, schema)}`, path);
}

const STATEMENTS = {
  table: (name: string) => `DESCRIBE TABLE EXTENDED ${name}`,
  function: (name: string) => `DESCRIBE FUNCTION EXTENDED ${name}`,
  volume: (name: string) => `DESCRIBE VOLUME ${name}`,
};

/** What a table, view, function or volume is. */
export function describingObject(
  kind: keyof typeof STATEMENTS,
  catalog: string,
  schema: string,
  name: string,
): Means {
  const path = `/api/catalogs/${at(catalog)}/schemas/${at(schema)}/${kind}s/${at(name)}`;
  return looking(STATEMENTS[kind](sqlName(catalog, schema, name)), path);
}
