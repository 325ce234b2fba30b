import type { ObjectName, SchemaName, Statement } from "@clone-xs/unity";
import { SqlError } from "../errors.ts";
import { clauses, id, lit, sql, statement } from "../tag/index.ts";
import { commentClause, create, keyList, mapClause, type TextMap } from "./clauses.ts";

export interface CreateCatalogRequest {
  readonly ifNotExists?: boolean;
  readonly catalog: string;
  readonly comment?: string;
  readonly managedLocation?: string;
  /** Makes a catalog that shows what another metastore shares. */
  readonly usingShare?: { readonly provider: string; readonly share: string };
}

export function createCatalog(request: CreateCatalogRequest): Statement {
  return statement(
    "create",
    clauses(
      create(sql`CATALOG`, id(request.catalog), request),
      request.usingShare && sql`USING SHARE ${id(request.usingShare.provider, request.usingShare.share)}`,
      request.managedLocation !== undefined && sql`MANAGED LOCATION ${lit(request.managedLocation)}`,
      commentClause(request.comment),
    ),
  );
}

/** Without `cascade` Databricks refuses a catalog that still has schemas. */
export function dropCatalog(
  catalog: string,
  options: { ifExists?: boolean; cascade?: boolean } = {},
): Statement {
  return statement(
    "drop",
    clauses(
      sql`DROP CATALOG`,
      options.ifExists && sql`IF EXISTS`,
      id(catalog),
      options.cascade && sql`CASCADE`,
    ),
  );
}

export interface CreateSchemaRequest extends SchemaName {
  readonly ifNotExists?: boolean;
  readonly comment?: string;
  readonly managedLocation?: string;
  readonly properties?: TextMap;
}

export function createSchema(request: CreateSchemaRequest): Statement {
  return statement(
    "create",
    clauses(
      create(sql`SCHEMA`, id(request.catalog, request.schema), request),
      commentClause(request.comment),
      request.managedLocation !== undefined && sql`MANAGED LOCATION ${lit(request.managedLocation)}`,
      mapClause(sql`WITH DBPROPERTIES`, request.properties),
    ),
  );
}

export function dropSchema(
  name: SchemaName,
  options: { ifExists?: boolean; cascade?: boolean } = {},
): Statement {
  return statement(
    "drop",
    clauses(
      sql`DROP SCHEMA`,
      options.ifExists && sql`IF EXISTS`,
      id(name.catalog, name.schema),
      options.cascade && sql`CASCADE`,
    ),
  );
}

/** `ALTER SCHEMA s SET DBPROPERTIES (…)`; a catalog has no statement that would set its properties. */
export function setSchemaProperties(name: SchemaName, properties: TextMap): Statement {
  const clause = mapClause(sql`DBPROPERTIES`, properties);
  if (!clause) throw new SqlError("INVALID_VALUE", "SET DBPROPERTIES needs at least one property.");
  return statement("alter", sql`ALTER SCHEMA ${id(name.catalog, name.schema)} SET ${clause}`);
}

export function unsetSchemaProperties(name: SchemaName, keys: readonly string[]): Statement {
  return statement(
    "alter",
    sql`ALTER SCHEMA ${id(name.catalog, name.schema)} UNSET DBPROPERTIES ${keyList(keys)}`,
  );
}

export interface CreateVolumeRequest extends ObjectName {
  readonly ifNotExists?: boolean;
  /** Makes the volume EXTERNAL. */
  readonly location?: string;
  readonly comment?: string;
}

export function createVolume(request: CreateVolumeRequest): Statement {
  const external = request.location !== undefined;
  return statement(
    "create",
    clauses(
      create(external ? sql`EXTERNAL VOLUME` : sql`VOLUME`, id(request), {
        ifNotExists: request.ifNotExists ?? false,
      }),
      external && sql`LOCATION ${lit(request.location)}`,
      commentClause(request.comment),
    ),
  );
}

/** Drops a table, view, volume or function. */
export function dropObject(
  type: "table" | "view" | "volume" | "function",
  name: ObjectName,
  options: { ifExists?: boolean } = {},
): Statement {
  const words = {
    table: sql`DROP TABLE`,
    view: sql`DROP VIEW`,
    volume: sql`DROP VOLUME`,
    function: sql`DROP FUNCTION`,
  };
  return statement("drop", clauses(words[type], options.ifExists && sql`IF EXISTS`, id(name)));
}
