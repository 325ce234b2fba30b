import type { FastifyRequest } from "fastify";
import type { Metastore, PrincipalRecord } from "../metastore/metastore.ts";
import type { SharingContext } from "../sharing/context.ts";
import type { CatalogReader } from "../workspace/catalog/lookup.ts";
import type { ShapeReader } from "../workspace/catalog/table-shapes.ts";
import type { Chaos, Striker } from "../workspace/chaos/chaos.ts";
import { staleMetastore } from "../workspace/chaos/stale.ts";
import type { Runs } from "../workspace/jobs/runs.ts";
import type { LatencyModel } from "../workspace/latency.ts";
import type { StatementRegistry } from "../workspace/statements/registry.ts";
import type { Warehouses } from "../workspace/warehouses/warehouses.ts";

/** What the routes work on. */
export interface ServerContext {
  readonly metastore: Metastore;
  readonly statements: StatementRegistry;
  readonly warehouses: Warehouses;
  readonly runs: Runs;
  readonly sharing: SharingContext;
  readonly shapeOf: ShapeReader;
  readonly chaos: Chaos & Striker;
  /** Whether the controls of `chaos` are served. */
  readonly chaosControls: boolean;
  readonly latency: LatencyModel;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  readonly warehouseId: string;
  /** Of a workspace beside the first one of the metastore. */
  readonly workspaceId?: string;
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

export function readerOf({ metastore, shapeOf, now }: ServerContext, request: FastifyRequest): CatalogReader {
  const shown = request.stale === 0 ? metastore : staleMetastore(metastore, now() - request.stale);
  return { metastore: shown, shapeOf, principal: callerOf(request) };
}

/** The workspace's number; without one of its own 16 digits from the identity of its metastore. */
export function organizationId({ metastore, workspaceId }: ServerContext): string {
  if (workspaceId !== undefined) return workspaceId;
  const digits = BigInt(`0x${metastore.id.replaceAll("-", "").slice(0, 12)}`) % 10n ** 16n;
  return digits.toString().padStart(16, "1");
}

/** Where the caller reached us. */
export function originOf({ protocol, host }: FastifyRequest): string {
  return `${protocol}://${host}`;
}
