import { describe, expect, it } from "vitest";
import { chooseWarehouse } from "./warehouse.ts";

const asleep = { id: "1", name: "asleep", state: "STOPPED" };
const serverless = { id: "2", name: "serverless", state: "STOPPED", enable_serverless_compute: true };
const starting = { id: "3", name: "starting", state: "STARTING" };
const running = { id: "4", name: "running", state: "RUNNING" };
const deleted = { id: "5", name: "deleted", state: "DELETED", enable_serverless_compute: true };

describe("chooseWarehouse", () => {
  it.each([
    [[asleep, serverless, starting, running], "4"],
    [[asleep, serverless, starting], "3"],
    [[asleep, serverless], "2"],
    [[deleted, asleep], "1"],
  ])("of %j takes %s", (warehouses, id) => {
    expect(chooseWarehouse(warehouses).id).toBe(id);
  });

  it.each([[[]], [[deleted]]])("of %j takes none, and says how to name one", (warehouses) => {
    expect(() => chooseWarehouse(warehouses)).toThrow(
      expect.objectContaining({
        code: "CONFIGURATION",
        message: expect.stringContaining("DATABRICKS_WAREHOUSE_ID") as string,
      }),
    );
  });
});
