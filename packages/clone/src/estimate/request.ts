import * as z from "zod";
import { parseCloneRequest } from "../request/parse.ts";
import { issueProblems, type RequestProblem } from "../request/problems.ts";
import type { CloneRequest } from "../request/request.ts";

const names = z.array(z.string().min(1));

/** Body of `POST /api/estimate`. */
export const estimateRequestSchema = z.strictObject({
  source_catalog: z.string().min(1),
  destination_catalog: z.string().min(1).nullable().optional(),
  include_schemas: names.optional(),
  exclude_schemas: names.optional(),
  storage_usd_per_gb_month: z.number().nonnegative().optional(),
});

export type EstimateRequestWire = z.input<typeof estimateRequestSchema>;

export interface EstimateRequest {
  /** The SELECTIVE run whose bytes are forecast; without a destination only its source and scope mean anything. */
  readonly clone: CloneRequest;
  readonly hasDestination: boolean;
  readonly storagePrice: number | undefined;
}

export type ParsedEstimateRequest =
  | { readonly ok: true; readonly request: EstimateRequest }
  | { readonly ok: false; readonly problems: readonly RequestProblem[] };

/** Reads an estimate's request; every unknown key and every value that cannot be is a problem that names it. */
export function parseEstimateRequest(wire: unknown): ParsedEstimateRequest {
  const parsed = estimateRequestSchema.safeParse(wire);
  if (!parsed.success) {
    const known = Object.keys(estimateRequestSchema.shape);
    const problems = parsed.error.issues.flatMap((issue) => issueProblems(issue, () => known));
    return { ok: false, problems };
  }
  const { storage_usd_per_gb_month: storagePrice, destination_catalog, ...scope } = parsed.data;
  const hasDestination = destination_catalog != null;
  const clone = parseCloneRequest({
    ...scope,
    destination_catalog: destination_catalog ?? otherThan(scope.source_catalog),
    load_type: "SELECTIVE",
  });
  if (!clone.ok) return clone;
  return { ok: true, request: { clone: clone.request, hasDestination, storagePrice } };
}

/** Some name, so that a request without a destination has the form of one. */
function otherThan(source: string): string {
  return source === "x" ? "y" : "x";
}
