import { describe, expect, it } from "vitest";
import { cloneRequest, inventory, schemaOf, table, volume } from "../../test/inventories.ts";
import { planClone } from "./plan-clone.ts";
import { placeUnder } from "./locations.ts";

it.each([
  ["s3://b/p/", ["s", "t"], "s3://b/p/s/t"],
  ["/data", ["S", "T"], "/data/s/t"],
  ["s3://b", ["s", "a#b%?c"], "s3://b/s/a~23~b~25~~3f~c"],
  ["s3://b", ["🐍", "größe-1"], "s3://b/~1f40d~/größe-1"],
])("%s and %j make %s", (prefix, names, place) => {
  expect(placeUnder(prefix, ...names)).toBe(place);
});

describe("a clone at a location", () => {
  const sourceAt = (storageLocation: string) =>
    inventory([schemaOf("s", { tables: [table("s", "a", { storageLocation }), table("s", "b")] })]);

  it("makes each table under its own name", () => {
    const plan = planClone(
      cloneRequest({ location: "s3://bucket/copies" }),
      sourceAt("s3://bucket/raw/a"),
      undefined,
    );
    expect(plan.refused).toEqual([]);
    expect(
      plan.steps.map(({ operation }) => ("location" in operation ? operation.location : undefined)),
    ).toEqual([undefined, undefined, "s3://bucket/copies/s/a", "s3://bucket/copies/s/b"]);
  });

  it.each([
    ["the source's own place", "s3://bucket/copies/s/a"],
    ["the same place, spelled otherwise", "S3a://bucket//copies/s/a/"],
    ["above the source", "s3://bucket/copies/s/a/part"],
    ["inside the source", "s3://bucket/copies"],
  ])("pitfall 11: is refused at %s", (_, storageLocation) => {
    const plan = planClone(
      cloneRequest({ location: "s3://bucket/copies" }),
      sourceAt(storageLocation),
      undefined,
    );
    expect(plan.refused.map(({ object, code }) => [object, code])).toContainEqual([
      "dev.s.a",
      "LOCATION_OVERLAP",
    ]);
  });

  it("is refused beside nothing whose name only begins alike", () => {
    const plan = planClone(
      cloneRequest({ location: "s3://bucket/copies" }),
      sourceAt("s3://bucket/copies/s/ab"),
      undefined,
    );
    expect(plan.refused).toEqual([]);
  });

  it("is refused over a volume", () => {
    const source = inventory([
      schemaOf("s", {
        tables: [table("s", "a")],
        volumes: [volume("s", "v", { storageLocation: "/x/s/a/v" })],
      }),
    ]);
    expect(planClone(cloneRequest({ location: "/x" }), source, undefined).refused).toMatchObject([
      { code: "LOCATION_OVERLAP", message: expect.stringContaining("prod.s.v") as string },
    ]);
  });
});
