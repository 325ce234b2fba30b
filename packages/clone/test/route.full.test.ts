import { metastoreNetwork } from "@clone-xs/lakehouse";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { routeNames } from "../src/route/names.ts";
import { openTestWorkspace, run, type TestWorkspace } from "./workspace.ts";

let east: TestWorkspace;
let west: TestWorkspace;
beforeAll(async () => {
  const network = metastoreNetwork();
  [east, west] = await Promise.all([openTestWorkspace({ network }), openTestWorkspace({ network })]);
  await east.sql(
    "CREATE CATALOG src",
    "CREATE SCHEMA src.s",
    "CREATE TABLE src.s.a AS SELECT id FROM range(100)",
    "INSERT INTO src.s.a VALUES (100)",
    "CREATE TABLE src.s.`my-table` AS SELECT 7 AS id",
    "CREATE FUNCTION src.s.twice(n BIGINT) RETURNS BIGINT RETURN n * 2",
    "CREATE VIEW src.s.v AS SELECT src.s.twice(id) AS id FROM src.s.a",
  );
});
afterAll(() => Promise.all([east.close(), west.close()]));

const request = (destination: string, wire: object = {}) => ({
  source_catalog: "src",
  destination_catalog: destination,
  target_workspace: "west",
  ...wire,
});
const clone = (destination: string, wire: object = {}) =>
  run(east.workspace, request(destination, wire), { target: west.workspace });

const tupleTo = (destinationCatalog: string) => ({
  sourceMetastore: east.lakehouse.globalMetastoreId,
  sourceCatalog: "src",
  destinationCatalog,
  targetMetastore: west.lakehouse.globalMetastoreId,
});

describe("a clone into another metastore", () => {
  it("brings tables, views and functions, and says through what", async () => {
    const { summary } = await clone("first");
    const { share, recipient, catalog } = routeNames(tupleTo("first"));
    expect(summary).toMatchObject({
      status: "success",
      errors: [],
      residue: [],
      tables: { success: 2, failed: 0, skipped: 0 },
      views: { success: 1, failed: 0, skipped: 0 },
      functions: { success: 1, failed: 0, skipped: 0 },
      share_name: share,
      share_status: "created",
      recipient_name: recipient,
      recipient_status: "created",
      shared_catalog_name: catalog,
      shared_catalog_status: "created",
    });
    expect(summary.bytes_copied).toBeGreaterThan(0);
    expect(await west.sql("SELECT count(*), sum(id) FROM first.s.v")).toEqual([["101", "10100"]]);
    expect(await west.sql("SELECT id FROM first.s.`my-table`")).toEqual([["7"]]);
  });
});
