import { Secret } from "@clone-xs/databricks/client";
import { expect, test } from "vitest";
import { temporaryConnections } from "../../test/fixtures.ts";
import { saveNeighbours } from "./neighbours.ts";

const target = { name: "target-1", host: "http://127.0.0.1:1000", token: "one", warehouseId: "aaaa" };

test("a workspace of this process is saved under its name", () => {
  const connections = temporaryConnections();
  saveNeighbours(connections, [target], 5);
  expect(connections.list()).toMatchObject([
    { name: "target-1", host: "http://127.0.0.1:1000", warehouseId: "aaaa", method: "pat", createdAt: 5 },
  ]);
  expect(tokenOf(connections.details("target-1"))).toBe("one");
});

test("and followed to its new address, keeping where its clones go", () => {
  const connections = temporaryConnections();
  saveNeighbours(connections, [target], 5);
  const { credentials, ...place } = connections.details("target-1");
  connections.change("target-1", { ...place, destinationCatalog: "copies", credentials }, 6);
  saveNeighbours(connections, [{ ...target, host: "http://127.0.0.1:2000", token: "two" }], 7);
  expect(connections.get("target-1")).toMatchObject({
    host: "http://127.0.0.1:2000",
    destinationCatalog: "copies",
    createdAt: 5,
  });
  expect(tokenOf(connections.details("target-1"))).toBe("two");
});

test("another connection of that name is somebody's own", () => {
  const connections = temporaryConnections();
  const credentials = { method: "pat", token: new Secret("mine") } as const;
  connections.add("target-1", { host: "https://mine.example", warehouseId: "bbbb", credentials }, 1);
  saveNeighbours(connections, [target], 5);
  expect(connections.get("target-1")).toMatchObject({ host: "https://mine.example", updatedAt: 1 });
});

function tokenOf({ credentials }: ReturnType<ReturnType<typeof temporaryConnections>["details"]>): string {
  return credentials.method === "pat" ? credentials.token.reveal() : "";
}
