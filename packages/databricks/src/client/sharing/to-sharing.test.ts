import { describe, expect, test } from "vitest";
import { toReceivedObjects, toShare, toUpdate } from "./to-sharing.ts";

describe("an update of a share", () => {
  test.each([
    [
      "a table says whether its history is shared, because the service assumes it is not",
      { name: "c.s.t", type: "TABLE", sharedAs: "s.t_1", history: true, changeData: true },
      {
        name: "c.s.t",
        data_object_type: "TABLE",
        shared_as: "s.t_1",
        history_data_sharing_status: "ENABLED",
        cdf_enabled: true,
      },
    ],
    [
      "a table without history",
      { name: "c.s.t", type: "TABLE", sharedAs: "s.t", history: false },
      { name: "c.s.t", data_object_type: "TABLE", shared_as: "s.t", history_data_sharing_status: "DISABLED" },
    ],
    [
      "a volume has another member for its alias",
      { name: "c.s.v", type: "VOLUME", sharedAs: "s.v" },
      { name: "c.s.v", data_object_type: "VOLUME", string_shared_as: "s.v" },
    ],
    [
      "a schema has none",
      { name: "c.s", type: "SCHEMA", sharedAs: "s" },
      { name: "c.s", data_object_type: "SCHEMA" },
    ],
  ] as const)("%s", (_, object, data_object) => {
    expect(toUpdate({ action: "ADD", object })).toEqual({ action: "ADD", data_object });
  });
});

test("a share with what it holds; kinds that are read like others count as those, the rest is left out", () => {
  const objects = [
    {
      name: "c.s.t",
      data_object_type: "TABLE",
      shared_as: "s.u",
      history_data_sharing_status: "ENABLED",
      cdf_enabled: false,
    },
    { name: "c.s.m", data_object_type: "MATERIALIZED_VIEW", shared_as: "s.m" },
    { name: "c.s.v", data_object_type: "VOLUME", string_shared_as: "s.v" },
    { name: "c.s", data_object_type: "SCHEMA" },
    { name: "c.s.model", data_object_type: "MODEL", string_shared_as: "s.model" },
  ];
  expect(toShare({ name: "sh", owner: "ada", comment: "x", objects })).toEqual({
    name: "sh",
    owner: "ada",
    comment: "x",
    objects: [
      { name: "c.s.t", type: "TABLE", sharedAs: "s.u", history: true, changeData: false },
      { name: "c.s.m", type: "VIEW", sharedAs: "s.m" },
      { name: "c.s.v", type: "VOLUME", sharedAs: "s.v" },
      { name: "c.s", type: "SCHEMA", sharedAs: "s" },
    ],
  });
});

test("assets of a share: views stand among the tables", () => {
  expect(
    toReceivedObjects({
      tables: [
        { name: "t", schema: "s" },
        { name: "v", schema: "s", internal_attributes: { type: "VIEW" } },
      ],
      volumes: [{ name: "files", schema: "s" }],
      functions: [{ name: "f", schema: "s" }],
    }),
  ).toEqual([
    { type: "TABLE", sharedAs: "s.t" },
    { type: "VIEW", sharedAs: "s.v" },
    { type: "VOLUME", sharedAs: "s.files" },
    { type: "FUNCTION", sharedAs: "s.f" },
  ]);
});
