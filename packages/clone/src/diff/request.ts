import * as z from "zod";
import { parseCloneRequest } from "../request/parse.ts";
import { issueProblems, type RequestProblem } from "../request/problems.ts";
import type { CloneRequest } from "../request/request.ts";
import { targetSchema } from "../request/target-wire.ts";
import type { CatalogPair } from "./compare.ts";

const names = z.array(z.string().min(1));

/** Body of `POST /api/diff` and `POST /api/compare`. */
export const compareRequestSchema = z.strictObject({
  source_catalog: z.string().min(1),
  destination_catalog: z.string().min(1),
  include_schemas: names.optional(),
  exclude_schemas: names.optional(),
  target_workspace: targetSchema
    .nullable()
    .optional()
    .describe("Where the destination is, when it is in another workspace: a saved connection by its name"),
});

export type CompareRequestWire = z.input<typeof compareRequestSchema>;

export interface CompareRequest {
  /** Says which target is meant. */
  readonly clone: CloneRequest;
  readonly includeSchemas: readonly string[];
  readonly excludeSchemas: readonly string[];
}

export type ParsedCompareRequest =
  | { readonly ok: true; readonly request: CompareRequest }
  | { readonly ok: false; readonly problems: readonly RequestProblem[] };

/** Reads what is to be compared; every unknown key and every value that cannot be is a problem that names it. */
export function parseCompareRequest(wire: unknown): ParsedCompareRequest {
  const parsed = compareRequestSchema.safeParse(wire);
  if (!parsed.success) {
    const known = Object.keys(compareRequestSchema.shape);
    return { ok: false, problems: parsed.error.issues.flatMap((issue) => issueProblems(issue, () => known)) };
  }
  const { include_schemas: includeSchemas = [], exclude_schemas: excludeSchemas = [], ...ends } = parsed.data;
  const clone = parseCloneRequest(ends);
  if (!clone.ok) return clone;
  const left = includeSchemas.filter((name) => !excludeSchemas.some((other) => same(name, other)));
  if (includeSchemas.length > 0 && left.length === 0) return { ok: false, problems: [NOTHING_LEFT] };
  return { ok: true, request: { clone: clone.request, includeSchemas, excludeSchemas } };
}

/** The catalogs of a request whose target is connected to. */
export function pairOf({ includeSchemas, excludeSchemas }: CompareRequest, at: CloneRequest): CatalogPair {
  const { sourceCatalog, destinationCatalog } = at;
  return { sourceCatalog, destinationCatalog, includeSchemas, excludeSchemas };
}

const NOTHING_LEFT: RequestProblem = {
  path: "exclude_schemas",
  message:
    "exclude_schemas: every schema of include_schemas is left out, so that there is nothing to compare.",
};

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
