import { assert, property, string } from "fast-check";
import { expect, it } from "vitest";
import { isServerProperty, viewNamespaceOf, viewNamespaceProperties } from "./table-properties.ts";

it("reads back the namespace that was written, whatever the names", () => {
  assert(
    property(string({ minLength: 1 }), string({ minLength: 1 }), (catalog, schema) => {
      expect(viewNamespaceOf({ properties: viewNamespaceProperties({ catalog, schema }) })).toEqual({
        catalog,
        schema,
      });
    }),
  );
});

it.each([
  ["main.sales", { catalog: "main", schema: "sales" }],
  ["`ma``in`.`sa.les`", { catalog: "ma`in", schema: "sa.les" }],
  ["main.sales,system.builtin", undefined],
  ["main", undefined],
  ["a.b.c", undefined],
])("takes the namespace from sql_path %s when it is one two-part name", (sql_path, namespace) => {
  expect(viewNamespaceOf({ sql_path })).toEqual(namespace);
});

it("prefers the properties to the path", () => {
  const properties = viewNamespaceProperties({ catalog: "a", schema: "b" });
  expect(viewNamespaceOf({ properties, sql_path: "c.d" })).toEqual({ catalog: "a", schema: "b" });
});

it.each([
  ["delta.minReaderVersion", true],
  ["delta.feature.deletionVectors", true],
  ["delta.lastCommitTimestamp", true],
  ["view.catalogAndNamespace.part.0", true],
  ["delta.enableChangeDataFeed", false],
  ["delta.featureful", false],
  ["view.owner_team", false],
  ["quality", false],
])("%s is the server's: %s", (key, expected) => {
  expect(isServerProperty(key)).toBe(expected);
});
