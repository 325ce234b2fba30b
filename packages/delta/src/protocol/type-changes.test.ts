import { describe, expect, test } from "vitest";
import { parseSchema } from "../index.ts";
import { checkTypeChanges } from "./type-changes.ts";

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
