import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Aligned, align } from "./align.ts";

const text = (places: readonly Aligned<string>[]) =>
  places.map(({ source = "-", target = "-", moved }) => `${source}${target}${moved ? "!" : ""}`).join(" ");
const aligned = (source: string, target: string) =>
  text(align(source.split(""), target.split(""), (item) => item));

const lists = fc.tuple(
  fc.uniqueArray(fc.integer({ min: 0, max: 12 })),
  fc.uniqueArray(fc.integer({ min: 0, max: 12 })),
);
const same = (item: number) => String(item);

describe("align", () => {
  it.each([
    ["", "", ""],
    ["abc", "abc", "aa bb cc"],
    ["abc", "ac", "aa b- cc"],
    ["ac", "xabcy", "-x aa -b cc -y"],
    ["abc", "bca", "aa! bb cc"],
    ["abcd", "axdcb", "aa -x bb! cc! dd"],
    ["ab", "xy", "-x -y a- b-"],
  ])("puts %j beside %j as %j", (source, target, expected) => {
    expect(aligned(source, target)).toBe(expected);
  });

  it("loses nothing of either list and keeps the order of the source", () => {
    fc.assert(
      fc.property(lists, ([source, target]) => {
        const places = align(source, target, same);
        expect(places.flatMap((place) => place.source ?? [])).toEqual(source);
        expect(new Set(places.flatMap((place) => place.target ?? []))).toEqual(new Set(target));
        expect(places.filter((place) => place.target !== undefined)).toHaveLength(target.length);
        const both = places.filter((place) => place.source !== undefined && place.target !== undefined);
        expect(both.map((place) => place.source)).toEqual(both.map((place) => place.target));
      }),
    );
  });

  it("keeps the order of the target for all that has not moved", () => {
    fc.assert(
      fc.property(lists, ([source, target]) => {
        const settled = align(source, target, same).filter(
          ({ moved, source: one }) => !moved && one !== undefined,
        );
        const kept = settled.flatMap((place) => place.target ?? []);
        expect(kept).toEqual(target.filter((item) => kept.includes(item)));
      }),
    );
  });

  it("marks nothing between equal lists", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer()), (list) => {
        expect(align(list, list, same)).toEqual(list.map((item) => ({ source: item, target: item })));
      }),
    );
  });
});
