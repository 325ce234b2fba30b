import type {
  Cancelled,
  ClonePlan,
  CloneRequestWire,
  Estimate,
  Preflight,
  RollbackRequest,
  RollbackSummary,
  Run,
  Submitted,
} from "@clone-xs/server/contract";
import { queryOptions } from "@tanstack/react-query";
import { api, got } from "./api.ts";
import { json } from "./client.ts";

const at = encodeURIComponent;

export const whoAmI = queryOptions({
  queryKey: ["whoami"],
  queryFn: ({ signal }) => got(api.GET("/api/whoami", { signal })),
  staleTime: Number.POSITIVE_INFINITY,
});

export const catalogs = queryOptions({
  queryKey: ["catalogs"],
  queryFn: async ({ signal }) => (await got(api.GET("/api/catalogs", { signal }))).catalogs,
});

export const schemasOf = (catalog: string) =>
  queryOptions({
    queryKey: ["schemas", catalog],
    queryFn: async ({ signal }) =>
      (await got(api.GET("/api/catalogs/{catalog}/schemas", { params: { path: { catalog } }, signal })))
        .schemas,
    enabled: catalog !== "",
  });

export const tablesOf = (catalog: string, schema: string) =>
  queryOptions({
    queryKey: ["tables", catalog, schema],
    queryFn: async ({ signal }) =>
      (
        await got(
          api.GET("/api/catalogs/{catalog}/schemas/{schema}/tables", {
            params: { path: { catalog, schema } },
            signal,
          }),
        )
      ).tables,
  });

/** Looked at anew each time the step is opened: what a plan says holds for the moment it was made. */
export const planOf = (request: CloneRequestWire) =>
  queryOptions({
    queryKey: ["plan", request],
    queryFn: ({ signal }) => json<ClonePlan>("/api/plan", { method: "POST", body: request, signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

/** What the same request needs to succeed, looked at with the plan. */
export const preflightOf = (request: CloneRequestWire) =>
  queryOptions({
    queryKey: ["preflight", request],
    queryFn: ({ signal }) => json<Preflight>("/api/preflight", { method: "POST", body: request, signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

export interface EstimateBody {
  readonly source_catalog: string;
  readonly destination_catalog?: string;
  readonly include_schemas?: readonly string[];
  readonly exclude_schemas?: readonly string[];
}

export const estimateOf = (body: EstimateBody) =>
  queryOptions({
    queryKey: ["estimate", body],
    queryFn: ({ signal }) => json<Estimate>("/api/estimate", { method: "POST", body, signal }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

/** How many runs are queued or under way; nothing is asked while the page is hidden. */
export const underWay = queryOptions({
  queryKey: ["health"],
  queryFn: async ({ signal }) => {
    const { runs } = await got(api.GET("/api/health", { signal }));
    return runs.queued + runs.running;
  },
  refetchInterval: 2_000,
});

/** The key that all lists of runs begin with. */
export const everyRuns = ["runs"] as const;

export const runOf = (id: string) =>
  queryOptions({
    queryKey: ["run", id],
    queryFn: ({ signal }) => json<Run>(`/api/clone/${at(id)}`, { signal }),
  });

export function submit(request: CloneRequestWire): Promise<Submitted> {
  return json<Submitted>("/api/clone", { method: "POST", body: request });
}

export function cancel(id: string): Promise<Cancelled> {
  return json<Cancelled>(`/api/clone/${at(id)}`, { method: "DELETE" });
}

export function resume(id: string): Promise<Submitted> {
  return json<Submitted>(`/api/clone/${at(id)}/resume`, { method: "POST" });
}

/** What taking a run back would do now. */
export const rollbackPreview = (id: string, force: boolean) =>
  queryOptions({
    queryKey: ["rollback", id, force],
    queryFn: () => rollBack({ id, force, dry_run: true }),
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });

export interface RollbackCall extends RollbackRequest {
  readonly id: string;
}

export function rollBack({ id, ...body }: RollbackCall): Promise<RollbackSummary> {
  return json<RollbackSummary>(`/api/clone/${at(id)}/rollback`, { method: "POST", body });
}
