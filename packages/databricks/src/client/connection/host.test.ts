import { expect, it } from "vitest";
import { parseHost } from "./host.ts";

it.each([
  ["x.cloud.databricks.com", { origin: "https://x.cloud.databricks.com" }],
  ["https://x.cloud.databricks.com/", { origin: "https://x.cloud.databricks.com" }],
  ["  HTTPS://X.cloud.databricks.com/sql/editor#a ", { origin: "https://x.cloud.databricks.com" }],
  [
    "https://adb-1.2.azuredatabricks.net/?o=12345#job/1",
    { origin: "https://adb-1.2.azuredatabricks.net", workspaceId: "12345" },
  ],
  ["x.databricks.com?w=7", { origin: "https://x.databricks.com", workspaceId: "7" }],
  ["https://x.databricks.com/?workspace_id=8", { origin: "https://x.databricks.com", workspaceId: "8" }],
  ["http://127.0.0.1:4040", { origin: "http://127.0.0.1:4040" }],
  ["localhost:4040", { origin: "https://localhost:4040" }],
  ["accountsreceivable.cloud.databricks.com", { origin: "https://accountsreceivable.cloud.databricks.com" }],
])("%s is %o", (text, address) => {
  expect(parseHost(text, "DATABRICKS_HOST")).toEqual(address);
});

it.each([
  "",
  "https://",
  "ftp://x",
  "https://user:pass@x.databricks.com",
  "not a host",
  "https://accounts.cloud.databricks.com",
])("refuses %j, naming where it came from", (text) => {
  expect(() => parseHost(text, "profile [dev]")).toThrow(
    expect.objectContaining({
      code: "CONFIGURATION",
      message: expect.stringContaining("profile [dev]") as string,
    }),
  );
});

it("does not repeat a password in its message", () => {
  expect(() => parseHost("https://user:hunter2@x.databricks.com", "DATABRICKS_HOST")).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining("hunter2") as string }),
  );
});
