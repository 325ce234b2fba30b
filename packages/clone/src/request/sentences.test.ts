import { describe, expect, it } from "vitest";
import { parseCloneRequest } from "./parse.ts";

const smallest = { source_catalog: "prod", destination_catalog: "dev" };

describe("what is wrong with a value, in a sentence", () => {
  it.each([
    [{ source_catalog: "" }, "source_catalog must not be empty."],
    [{ source_catalog: 7 }, "source_catalog must be text, not a number."],
    [{ source_catalog: undefined }, "source_catalog is required."],
    [{ dry_run: "yes" }, "dry_run must be true or false, not text."],
    [{ include_schemas: "bronze" }, "include_schemas must be a list, not text."],
    [{ include_schemas: ["a", ""] }, "include_schemas[1] must not be empty."],
    [
      { include_objects: [{ schema: "a", name: "b" }] },
      "include_objects[0].type must be one of table, view, function, volume.",
    ],
    [{ clone_type: "MEDIUM" }, "clone_type must be one of DEEP, SHALLOW."],
    [{ max_workers: 0 }, "max_workers must be at least 1."],
    [{ max_workers: 65 }, "max_workers must be at most 64."],
    [{ max_workers: 1.5 }, "max_workers must be a whole number."],
    [{ max_workers: null }, "max_workers must be a number, not null."],
    [{ as_of_version: -1 }, "as_of_version must be at least 0."],
    [{ as_of_version: true }, "as_of_version must be a number or text."],
    [{ target_workspace: 1 }, "target_workspace must be text or an object."],
    [{ clone_tbl_properties: { a: 1 } }, "clone_tbl_properties.a must be text, not a number."],
    [{ clone_tbl_properties: { "": "x" } }, "clone_tbl_properties must not have an empty key."],
    [{ where_clauses: [] }, "where_clauses must be an object, not a list."],
  ])("%j", (change, sentence) => {
    const parsed = parseCloneRequest({ ...smallest, ...change });
    expect(parsed.ok ? [] : parsed.problems.map(({ message }) => message)).toEqual([sentence]);
  });

  it.each([
    ["[]", [], "The request must be an object, not a list."],
    ["null", null, "The request must be an object, not null."],
    ["text", "prod", "The request must be an object, not text."],
  ])("%s instead of a request", (_, wire, sentence) => {
    const parsed = parseCloneRequest(wire);
    expect(parsed.ok ? [] : parsed.problems.map(({ message }) => message)).toEqual([sentence]);
  });
});
