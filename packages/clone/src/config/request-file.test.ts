import { describe, expect, it } from "vitest";
import { readRequestFile } from "./request-file.ts";

describe("readRequestFile", () => {
  it("reads YAML with any of the keys", () => {
    const text = "# nightly\nsource_catalog: prod\nload_type: SELECTIVE\nexclude_schemas: [tmp]\n";
    expect(readRequestFile(text)).toEqual({
      ok: true,
      wire: { source_catalog: "prod", load_type: "SELECTIVE", exclude_schemas: ["tmp"] },
    });
  });

  it("reads JSON", () => {
    expect(readRequestFile('{"source_catalog": "prod", "max_workers": 2}')).toEqual({
      ok: true,
      wire: { source_catalog: "prod", max_workers: 2 },
    });
  });

  it("takes an empty file for a request that says nothing", () => {
    expect(readRequestFile("# nothing\n")).toEqual({ ok: true, wire: {} });
  });

  it.each([
    [
      "an unknown key",
      "source_catalog: prod\nload_typ: FULL\n",
      [
        {
          line: 2,
          column: 1,
          path: "load_typ",
          message: "Unknown key load_typ. Did you mean load_type?",
          suggestion: "load_type",
        },
      ],
    ],
    [
      "a wrong word",
      "clone_type:\n  SHALOW\n",
      [{ line: 2, column: 3, path: "clone_type", message: "clone_type must be one of DEEP, SHALLOW." }],
    ],
    [
      "a wrong key inside a list",
      "include_objects:\n  - {schema: a, name: b, type: table}\n  - {schema: a, nam: b, name: c, type: table}\n",
      [
        {
          line: 3,
          column: 17,
          path: "include_objects[1].nam",
          message: "Unknown key nam. Did you mean name?",
          suggestion: "name",
        },
      ],
    ],
    [
      "a key twice",
      "dry_run: true\ndry_run: false\n",
      [{ line: 2, column: 1, path: "", message: "Map keys must be unique" }],
    ],
  ])("points at %s", (_, text, problems) => {
    expect(readRequestFile(text)).toEqual({ ok: false, problems });
  });

  it("points at broken syntax", () => {
    const read = readRequestFile("source_catalog: prod\nexclude_schemas: [a, b\n");
    expect(read.ok ? [] : read.problems.map(({ line }) => line)).toEqual([3]);
  });

  it("says that a list is no request", () => {
    const read = readRequestFile("- a\n");
    expect(read.ok ? [] : read.problems.map(({ line, column }) => [line, column])).toEqual([[1, 1]]);
  });
});
