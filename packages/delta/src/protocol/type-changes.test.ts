import { describe, expect, test } from "vitest";
import { type DataType, parseSchema, type StructField } from "../index.ts";
import { checkTypeChanges, withWidenedType } from "./type-changes.ts";

const changed = (fromType: string, toType: string) =>
  parseSchema(
    JSON.stringify({
      type: "struct",
      fields: [
        {
          name: "c",
          type: toType,
          nullable: true,
          metadata: { "delta.typeChanges": [{ fromType, toType }] },
        },
      ],
    }),
  );

describe("a column changed", () => {
  test.each([
    ["byte", "short"],
    ["short", "long"],
    ["integer", "double"],
    ["float", "double"],
    ["date", "timestamp_ntz"],
    ["decimal(5,2)", "decimal(8,3)"],
    ["integer", "decimal(10,0)"],
    ["long", "decimal(22,2)"],
  ])("from %s to %s is read", (from, to) => {
    expect(() => checkTypeChanges(changed(from, to))).not.toThrow();
  });

  test.each([
    ["long", "integer"],
    ["long", "double"],
    ["integer", "float"],
    ["string", "date"],
    ["decimal(5,2)", "decimal(5,3)"],
    ["decimal(5,2)", "decimal(6,1)"],
    ["integer", "decimal(9,0)"],
    ["long", "decimal(21,2)"],
  ])("from %s to %s is refused", (from, to) => {
    expect(() => checkTypeChanges(changed(from, to))).toThrow(
      expect.objectContaining({ code: "DELTA_UNSUPPORTED_TYPE_CHANGE" }),
    );
  });
});

describe("a column made wider", () => {
  const [short, int, long] = ["short", "integer", "long"].map(
    (name): DataType => ({ kind: "primitive", name }),
  ) as [DataType, DataType, DataType];
  const field = (type: DataType, metadata: StructField["metadata"] = {}): StructField => ({
    name: "c",
    type,
    nullable: true,
    metadata,
  });
  const array = (element: DataType): DataType => ({ kind: "array", element, containsNull: true });
  const map = (key: DataType, value: DataType): DataType => ({
    kind: "map",
    key,
    value,
    valueContainsNull: true,
  });

  test("keeps on record what it was, after what it was before", () => {
    const before = [{ toType: "short", fromType: "byte" }];
    expect(withWidenedType(field(short, { comment: "x", "delta.typeChanges": before }), long)).toEqual(
      field(long, {
        comment: "x",
        "delta.typeChanges": [...before, { toType: "long", fromType: "short" }],
      }),
    );
  });

  test("names the way to elements, keys and values", () => {
    const [from, to] = [map(short, array(int)), map(int, array(long))];
    expect(withWidenedType(field(from), to)?.metadata["delta.typeChanges"]).toEqual([
      { toType: "integer", fromType: "short", fieldPath: "key" },
      { toType: "long", fromType: "integer", fieldPath: "value.element" },
    ]);
  });

  test.each<[string, DataType, DataType]>([
    ["narrower", long, int],
    ["a list", int, array(int)],
    ["a struct", { kind: "struct", fields: [field(int)] }, { kind: "struct", fields: [field(long)] }],
  ])("is not made %s", (_, from, to) => {
    expect(withWidenedType(field(from), to)).toBeUndefined();
  });
});
