import type { DeltaTable } from "@clone-xs/delta";
import type { FastifyRequest } from "fastify";
import type { Metastore, PrincipalRecord } from "../metastore/metastore.ts";
import type { CatalogReader } from "../workspace/catalog/lookup.ts";
import type { StatementRegistry } from "../workspace/statements/registry.ts";
import type { Warehouses } from "../workspace/warehouses/warehouses.ts";

/** What the routes work on. */
export interface ServerContext {
  readonly metastore: Metastore;
  readonly statements: StatementRegistry;
  readonly warehouses: Warehouses;
  readonly deltaTable: (location: string) => DeltaTable;
  readonly warehouseId: string;
  readonly randomBytes: (size: number) => Uint8Array;
  readonly now: () => number;
  readonly uuid: () => string;
}

declare module "fastify" {
  interface FastifyRequest {
    /** Set by authentication before any handler runs, except on public paths. */
    principal: PrincipalRecord | null;
  }
}

/** Who asks. Throws when a route forgot to be behind authentication. */
export function callerOf(request: FastifyRequest): PrincipalRecord {
  if (request.principal === null) throw new Error(`${request.url} was handled without authentication`);
  return request.principal;
}

export function readerOf({ metastore, deltaTable }: ServerContext, request: FastifyRequest): CatalogReader {
  return { metastore, deltaTable, principal: callerOf(request) };
}

/** The workspace's number, 16 digits, from the identity of its metastore. */
export function organizationId({ metastore }: ServerContext): string {
  const digits = BigInt(`0x${metastore.id.replaceAll("-", "").slice(0, 12)}`) % 10n ** 16n;
  return digits.toString().padStart(16, "1");
}
