import { describe, expect, it } from "vitest";
import { parseEstimateRequest } from "./request.ts";

describe("parseEstimateRequest", () => {
  it("reads a request as the selective clone it forecasts", () => {
    const wire = { source_catalog: "prod", destination_catalog: "dev", include_schemas: ["a"] };
    const parsed = parseEstimateRequest({ ...wire, storage_usd_per_gb_month: 0.02 });
    expect(parsed).toMatchObject({
      ok: true,
      request: {
        clone: {
          sourceCatalog: "prod",
          destinationCatalog: "dev",
          loadType: "SELECTIVE",
          scope: { includeSchemas: ["a"] },
        },
        hasDestination: true,
        storagePrice: 0.02,
      },
    });
  });

  it("needs no destination", () => {
    for (const wire of [{ source_catalog: "x" }, { source_catalog: "prod", destination_catalog: null }])
      expect(parseEstimateRequest(wire)).toMatchObject({ ok: true, request: { hasDestination: false } });
  });

  it.each([
    [
      { source_catalog: "prod", destination_catalogue: "dev" },
      "destination_catalogue",
      "destination_catalog",
    ],
    [{ source_catalog: "prod", load_type: "FULL" }, "load_type", undefined],
    [{}, "source_catalog", undefined],
    [{ source_catalog: "prod", destination_catalog: "PROD" }, "destination_catalog", undefined],
    [{ source_catalog: "prod", storage_usd_per_gb_month: -1 }, "storage_usd_per_gb_month", undefined],
  ])("names what cannot be in %o", (wire, path, suggestion) => {
    const parsed = parseEstimateRequest(wire);
    expect(parsed.ok ? [] : parsed.problems).toMatchObject([{ path, ...(suggestion ? { suggestion } : {}) }]);
  });
});
