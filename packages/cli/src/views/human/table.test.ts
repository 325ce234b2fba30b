import { expect, test } from "vitest";
import { tableText, width } from "./table.ts";

const column = (name: string, typeText: string) => ({ name, typeText, typeName: "" });

test("numbers to the right, NULL in words, cells on one line, wide characters counted", () => {
  const text = tableText(
    [column("id", "BIGINT"), column("name", "STRING"), column("price", "DECIMAL(10,2)")],
    [
      ["1", "mug", "9.50"],
      ["12", null, "120.00"],
      ["3", "两行\n🎁", null],
    ],
  );
  expect(text).toBe(
    [
      "id  name       price",
      "──  ────────  ──────",
      " 1  mug         9.50",
      "12  NULL      120.00",
      " 3  两行\\n🎁    NULL",
    ].join("\n"),
  );
});

test("a result without rows shows its columns", () => {
  expect(tableText([column("count(1)", "BIGINT")], [])).toBe("count(1)\n────────");
});

test("combining marks take no column", () => {
  expect(width("e\u0301")).toBe(1);
});
