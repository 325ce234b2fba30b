import { createHash } from "node:crypto";
import type { SchemaName } from "@clone-xs/unity";
import { VIEWS } from "../../execution/information-schema/views.ts";
import { typeText } from "../../execution/types/text.ts";
import type { CatalogRecord, SchemaRecord, TableRecord } from "../../metastore/metastore.ts";

/** The schema that every catalog has beside those that were made, and that nobody can change. */
const NAME = "information_schema";

/** Owner of what the service itself makes. */
const SYSTEM_USER = "System user";

export function isInformationSchema({ schema }: SchemaName): boolean {
  return schema.toLowerCase() === NAME;
}

export function informationSchemaOf(catalog: CatalogRecord): SchemaRecord {
  return { ...stamps(catalog), catalog: catalog.name, schema: NAME, id: idOf(catalog, NAME), properties: {} };
}

/** Its views, by name, as tables without a text. */
export function informationSchemaViews(catalog: CatalogRecord): readonly TableRecord[] {
  return Object.entries(VIEWS)
    .map(([name, columns]) => ({
      ...stamps(catalog),
      catalog: catalog.name,
      schema: NAME,
      name,
      id: idOf(catalog, name),
      tableType: "VIEW" as const,
      columns: columns.map(([column, type]) => ({ name: column, typeText: typeText(type).toLowerCase() })),
      properties: {},
      constraints: [],
      columnMasks: [],
    }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function stamps({ createdAt }: CatalogRecord) {
  return {
    owner: SYSTEM_USER,
    createdAt,
    createdBy: SYSTEM_USER,
    updatedAt: createdAt,
    updatedBy: SYSTEM_USER,
  };
}

/** The same at every reading, as nothing is stored. */
function idOf({ id }: CatalogRecord, name: string): string {
  const digest = createHash("sha256").update(`${id}.${name}`).digest("hex");
  return digest.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/u, "$1-$2-$3-$4-");
}
