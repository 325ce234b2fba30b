import { expect, it } from "vitest";
import { endpoints, pathTo, routePattern } from "./endpoints.ts";

it("fills and percent-encodes path parameters", () => {
  expect(pathTo(endpoints.getPermissions, { securable_type: "table", full_name: "main.a/b.c?d" })).toBe(
    "/api/2.1/unity-catalog/permissions/table/main.a%2Fb.c%3Fd",
  );
});

it("shows a template as routers spell it", () => {
  expect(routePattern(endpoints.getStatementChunk)).toBe(
    "/api/2.0/sql/statements/:statement_id/result/chunks/:chunk_index",
  );
});
