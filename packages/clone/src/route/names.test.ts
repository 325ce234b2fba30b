import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aliasOf, aliasText, mountedName } from "./aliases.ts";
import { readMark, sameTuple, writeMark } from "./mark.ts";
import { type RouteTuple, routeNames } from "./names.ts";

const tuple: RouteTuple = {
  sourceMetastore: "aws:us-west-2:11111111-1111-1111-1111-111111111111",
  sourceCatalog: "prod",
  destinationCatalog: "prod_copy",
  targetMetastore: "azure:westeurope:22222222-2222-2222-2222-222222222222",
};
const sha1 = (text: string) => createHash("sha1").update(text).digest("hex");
const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 255 });
const tuples = fc.record({
  sourceMetastore: text,
  sourceCatalog: text,
  destinationCatalog: text,
  targetMetastore: text,
});

describe("routeNames", () => {
  it("takes the first 8 digits of the SHA-1 of the four names, and for the recipient of the metastore alone", () => {
    const suffix = sha1(`${tuple.sourceMetastore}|prod|prod_copy|${tuple.targetMetastore}`).slice(0, 8);
    expect(routeNames(tuple)).toEqual({
      share: `clone_xs_share_${suffix}`,
      recipient: `clone_xs_recipient_${sha1(tuple.targetMetastore).slice(0, 8)}`,
      catalog: `clone_xs_shared_${suffix}`,
    });
  });

  it("names another share for another destination or metastore, and one recipient for a metastore", () => {
    const other = { ...tuple, destinationCatalog: "prod_copy_2" };
    expect(routeNames(other).share).not.toBe(routeNames(tuple).share);
    expect(routeNames(other).recipient).toBe(routeNames(tuple).recipient);
    const elsewhere = { ...tuple, targetMetastore: "aws:eu-west-1:3" };
    expect(routeNames(elsewhere).share).not.toBe(routeNames(tuple).share);
    expect(routeNames(elsewhere).recipient).not.toBe(routeNames(tuple).recipient);
  });

  it("gives names that Unity Catalog and shares take, whatever the catalogs are called", () => {
    fc.assert(
      fc.property(tuples, (any) => {
        for (const name of Object.values(routeNames(any)))
          expect(name).toMatch(/^clone_xs_[a-z]+_[0-9a-f]{8}$/u);
      }),
    );
  });
});

describe("marks", () => {
  it("are read as they were written", () => {
    fc.assert(
      fc.property(tuples, text, (any, run) => {
        expect(readMark(writeMark({ tuple: any, run }))).toEqual({ tuple: any, run });
      }),
    );
  });

  it.each([
    [undefined],
    [""],
    ["nightly"],
    ["null"],
    ["[1]"],
    ["{}"],
    [`{"clxs_route":2,"run":"r"}`],
    [`{"clxs_route":1,"run":"r"}`],
  ])("does not take %j for one", (comment) => {
    expect(readMark(comment)).toBeUndefined();
  });

  it("are of the same pair when catalogs differ in case alone, and metastores not at all", () => {
    expect(sameTuple(tuple, { ...tuple, sourceCatalog: "PROD" })).toBe(true);
    expect(sameTuple(tuple, { ...tuple, destinationCatalog: "dev" })).toBe(false);
    expect(sameTuple(tuple, { ...tuple, targetMetastore: "aws:eu-west-1:3" })).toBe(false);
    expect(sameTuple(tuple, { ...tuple, sourceMetastore: "aws:eu-west-1:3" })).toBe(false);
  });
});

describe("aliasOf", () => {
  it.each([
    ["is the name where shares take it", { schema: "bronze", name: "events_2024" }, "bronze.events_2024"],
    ["is in lower case, as names are", { schema: "Bronze", name: "Events" }, "bronze.events"],
  ])("%s", (_, name, expected) => {
    expect(aliasText(aliasOf(name))).toBe(expected);
  });

  it.each([["my-table"], ["a.b"], ["数据"], ["clxs_looks_like_one"], ["x".repeat(200)], ["with space"]])(
    "says of %j what can be said of it, behind a digest",
    (name) => {
      const alias = aliasOf({ schema: "s", name });
      const readable = name.replaceAll(/[^a-z0-9_]+/gu, "_").slice(0, 40);
      expect(alias).toEqual({ schema: "s", name: `clxs_${sha1(name).slice(0, 20)}_${readable}` });
    },
  );

  const parts = fc.oneof(
    text,
    fc.string({ unit: fc.constantFrom("a", "B", "-", "_", ".", "`", " "), minLength: 1, maxLength: 6 }),
    fc.constantFrom("my-table", "my_table", "my table", "clxs_", "clxs_a"),
  );
  const names = fc.record({ schema: parts, name: parts });

  it("has letters, digits and underscores alone, and is no longer than a name may be", () => {
    fc.assert(
      fc.property(names, (any) => {
        expect(aliasText(aliasOf(any))).toMatch(/^[a-z0-9_]+\.[a-z0-9_]+$/u);
        expect(aliasText(aliasOf(any)).length).toBeLessThanOrEqual(255);
      }),
    );
  });

  it("is the same every time, and never that of another table", () => {
    const key = ({ schema, name }: { schema: string; name: string }) =>
      JSON.stringify([schema.toLowerCase(), name.toLowerCase()]);
    fc.assert(
      fc.property(names, names, (one, other) => {
        const same = aliasText(aliasOf(one)) === aliasText(aliasOf(other));
        expect(same).toBe(key(one) === key(other));
      }),
    );
    // An alias that somebody gave to a table as its name.
    const coded = aliasOf({ schema: "s", name: "my-table" });
    expect(aliasOf(coded)).not.toEqual(coded);
  });

  it("is where the target finds the table", () => {
    expect(mountedName({ catalog: "prod", schema: "s", name: "t" }, "clone_xs_shared_0")).toEqual({
      catalog: "clone_xs_shared_0",
      schema: "s",
      name: "t",
    });
  });
});
