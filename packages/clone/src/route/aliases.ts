import { createHash } from "node:crypto";
import type { ObjectName, SchemaName } from "@clone-xs/unity";

/** The name under which recipients see a table of a share. */
export type Alias = Pick<ObjectName, "schema" | "name">;

/** Two parts and a dot are 255 characters at most, which is what a name may have. */
const LONGEST_PART = 127;
/** Letters, digits, underscores. Source: Databricks documentation, `ALTER SHARE … AS`. */
const PLAIN = /^[a-z0-9_]+$/u;
/** How every alias begins that is not the name itself; a name that begins so gets one. */
const CODED = "clxs_";
const READABLE = 40;

/**
 * The alias of a table: its own name where an alias may have it, and otherwise what is readable of it behind a digest. It depends on
 * nothing but the name, so that what is in a share keeps its alias, and no two names have the same.
 */
export function aliasOf({ schema, name }: Alias): Alias {
  return { schema: aliasPart(schema), name: aliasPart(name) };
}

/** As the API writes it: `schema.name`. */
export function aliasText({ schema, name }: Alias): string {
  return `${schema}.${name}`;
}

/** The table as the target sees it in the catalog that is made from the share. */
export function mountedName(table: SchemaName & Alias, catalog: string): ObjectName {
  return { catalog, ...aliasOf(table) };
}

function aliasPart(given: string): string {
  // Unity Catalog compares names without case.
  const part = given.toLowerCase();
  if (PLAIN.test(part) && part.length <= LONGEST_PART && !part.startsWith(CODED)) return part;
  const digest = createHash("sha1").update(part).digest("hex").slice(0, 20);
  const readable = part.replaceAll(/[^a-z0-9_]+/gu, "_").slice(0, READABLE);
  return `${CODED}${digest}_${readable}`;
}
