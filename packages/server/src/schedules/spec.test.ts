import { describe, expect, it } from "vitest";
import { requestFor } from "./spec.ts";

describe("requestFor", () => {
  const request = {
    source_catalog: "a",
    destination_catalog: "b",
    load_type: "FULL",
    include_schemas: ["x"],
  };

  it("makes a drift check a selective dry run of the same scope", () => {
    expect(requestFor("drift_check", request)).toEqual({ ...request, load_type: "SELECTIVE", dry_run: true });
  });

  it.each(["clone", "verify"] as const)("leaves the request of a %s as it is", (kind) => {
    expect(requestFor(kind, request)).toEqual(request);
  });
});
