import type { CatalogComparison, Estimate } from "@clone-xs/server/contract";
import { queryOptions } from "@tanstack/react-query";
import type { CompareBody, EstimateBody } from "../equivalents/looks.ts";
import { json } from "./client.ts";

/** Two catalogs side by side. What it says holds for the moment it was read, and is kept while somebody looks at it. */
export const comparisonOf = (body: CompareBody) =>
  queryOptions({
    queryKey: ["compare", body],
    queryFn: ({ signal }) => json<CatalogComparison>("/api/compare", { method: "POST", body, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
    refetchOnWindowFocus: false,
    // As large as the catalogs are: nothing is gained by finding out what of it stayed.
    structuralSharing: false,
  });

/** What a clone weighs, as of when it was asked. */
export const weightOf = (body: EstimateBody) =>
  queryOptions({
    queryKey: ["weight", body],
    queryFn: ({ signal }) => json<Estimate>("/api/estimate", { method: "POST", body, signal }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
    retry: false,
    refetchOnWindowFocus: false,
  });
