import * as z from "zod";
import { parseCloneRequest } from "../request/parse.ts";
import { issueProblems, type RequestProblem } from "../request/problems.ts";
import type { CloneRequest } from "../request/request.ts";
import { targetSchema, type TargetWire } from "../request/target-wire.ts";

const names = z.array(z.string().min(1));

/** Body of `POST /api/estimate`. */
export const estimateRequestSchema = z.strictObject({
  source_catalog: z.string().min(1),
  destination_catalog: z.string().min(1).nullable().optional(),
  include_schemas: names.optional(),
  exclude_schemas: names.optional(),
  target_workspace: targetSchema
    .nullable()
    .optional()
    .describe("Where the destination is, when it is in another workspace: a saved connection by its name"),
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
  const { storage_usd_per_gb_month: storagePrice, ...scope } = parsed.data;
  const destination = scope.destination_catalog ?? destinationOf(scope.target_workspace);
  const clone = parseCloneRequest({
    ...scope,
    destination_catalog: destination ?? otherThan(scope.source_catalog),
    load_type: "SELECTIVE",
  });
  if (!clone.ok) return clone;
  if (destination === undefined && clone.request.targets.length > 0)
    return { ok: false, problems: [NOWHERE] };
  return {
    ok: true,
    request: { clone: clone.request, hasDestination: destination !== undefined, storagePrice },
  };
}

const NOWHERE: RequestProblem = {
  path: "destination_catalog",
  message: "destination_catalog: name the catalog on the target; its connection has none of its own.",
};

/** The catalog that a target names itself. */
function destinationOf(target: TargetWire | null | undefined): string | undefined {
  return typeof target === "object" ? (target?.destination_catalog ?? undefined) : undefined;
}

/** Some name, so that a request without a destination has the form of one. */
function otherThan(source: string): string {
  return source === "x" ? "y" : "x";
}
