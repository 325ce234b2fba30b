import { describe, expect, it } from "vitest";
import { toAssignments, toEffectivePrivileges } from "./to-privileges.ts";
import { toRoutine } from "./to-routine.ts";
import { toCatalog, toMetastore, toSchema, toVolume } from "./to-securables.ts";
import { toTable } from "./to-table.ts";

describe("tables", () => {
  it("keeps what a clone needs and leaves out the server's bookkeeping", () => {
    expect(
      toTable({
        name: "orders",
        catalog_name: "main",
        schema_name: "sales",
        table_type: "MANAGED",
        data_source_format: "DELTA",
        owner: "ada@example.com",
        comment: "",
        table_id: "t-1",
        updated_at: 1780172339164,
        storage_location: "s3://b/t",
        properties: {
          quality: "gold",
          "delta.minReaderVersion": "3",
          "delta.feature.rowTracking": "supported",
          "delta.enableChangeDataFeed": "true",
        },
        columns: [
          { name: "Day", position: 1, type_text: "date", partition_index: 0, nullable: false },
          {
            name: "email",
            position: 0,
            type_text: "string",
            comment: "personal",
            mask: { function_name: "main.sales.hide", using_column_names: ["Day"] },
          },
        ],
        row_filter: { function_name: "main.sales.visible", input_column_names: ["email"] },
        table_constraints: [
          { primary_key_constraint: { name: "pk", child_columns: ["email"], rely: true } },
          {
            foreign_key_constraint: {
              name: "fk",
              child_columns: ["email"],
              parent_table: "main.crm.people",
              parent_columns: ["mail"],
            },
          },
          { named_table_constraint: { name: "positive" } },
        ],
      }),
    ).toEqual({
      catalog: "main",
      schema: "sales",
      name: "orders",
      tableType: "MANAGED",
      format: "DELTA",
      owner: "ada@example.com",
      comment: "",
      tableId: "t-1",
      updatedAt: 1780172339164,
      storageLocation: "s3://b/t",
      properties: { quality: "gold", "delta.enableChangeDataFeed": "true" },
      columns: [
        {
          name: "email",
          position: 0,
          typeText: "string",
          nullable: true,
          comment: "personal",
          mask: { functionName: "main.sales.hide", usingColumns: ["Day"] },
        },
        { name: "Day", position: 1, typeText: "date", nullable: false, partitionIndex: 0 },
      ],
      rowFilter: { functionName: "main.sales.visible", inputColumns: ["email"] },
      constraints: [
        { kind: "primary_key", name: "pk", columns: ["email"], rely: true },
        {
          kind: "foreign_key",
          name: "fk",
          columns: ["email"],
          parentTable: "main.crm.people",
          parentColumns: ["mail"],
          rely: false,
        },
      ],
    });
  });

  it("gives a view its text and namespace, and no format", () => {
    const view = toTable({
      name: "v",
      catalog_name: "main",
      schema_name: "gold",
      table_type: "VIEW",
      data_source_format: "UNKNOWN_DATA_SOURCE_FORMAT",
      view_definition: "SELECT * FROM orders",
      properties: {
        "view.catalogAndNamespace.numParts": "2",
        "view.catalogAndNamespace.part.0": "main",
        "view.catalogAndNamespace.part.1": "sales",
        "view.query.out.numCols": "1",
      },
    });
    expect(view.view).toEqual({
      text: "SELECT * FROM orders",
      namespace: { catalog: "main", schema: "sales" },
    });
    expect(view.properties).toEqual({});
    expect("format" in view).toBe(false);
  });

  it("leaves the namespace out where the workspace does not tell", () => {
    const info = {
      name: "v",
      catalog_name: "c",
      schema_name: "s",
      table_type: "VIEW",
      view_definition: "SELECT 1",
    };
    expect(toTable(info).view).toEqual({ text: "SELECT 1" });
  });

  it("passes kinds that are newer than this code", () => {
    expect(
      toTable({ name: "t", catalog_name: "c", schema_name: "s", table_type: "HOLOGRAM" }).tableType,
    ).toBe("HOLOGRAM");
  });
});

describe("functions", () => {
  const base = {
    name: "f",
    catalog_name: "c",
    schema_name: "s",
    owner: "ada",
    routine_body: "SQL",
    is_deterministic: true,
  };

  it("scalar ones, parameters in order", () => {
    expect(
      toRoutine({
        ...base,
        data_type: "LONG",
        full_data_type: "BIGINT",
        routine_definition: "a + b",
        input_params: {
          parameters: [
            { name: "b", position: 1, type_text: "int", parameter_default: "1", comment: "addend" },
            { name: "a", position: 0, type_text: "bigint" },
          ],
        },
      }),
    ).toEqual({
      catalog: "c",
      schema: "s",
      name: "f",
      owner: "ada",
      parameters: [
        { name: "a", typeText: "bigint" },
        { name: "b", typeText: "int", default: "1", comment: "addend" },
      ],
      returns: "BIGINT",
      language: "SQL",
      definition: "a + b",
      deterministic: true,
    });
  });

  it("table functions with their columns", () => {
    const routine = toRoutine({
      ...base,
      data_type: "TABLE_TYPE",
      full_data_type: "x",
      return_params: { parameters: [{ name: "n", position: 0, type_text: "int" }] },
    });
    expect(routine).toMatchObject({ returns: "TABLE", returnColumns: [{ name: "n", typeText: "int" }] });
  });

  it("bodies that are not SQL by their language", () => {
    expect(toRoutine({ ...base, routine_body: "EXTERNAL", external_language: "Python" }).language).toBe(
      "PYTHON",
    );
  });
});

describe("privileges", () => {
  it("a principal that two pages name is one assignment", () => {
    expect(
      toAssignments([
        { principal: "a", privileges: ["SELECT"] },
        { principal: "b" },
        { principal: "a", privileges: ["MODIFY", "SELECT"] },
      ]),
    ).toEqual([
      { principal: "a", privileges: ["SELECT", "MODIFY"] },
      { principal: "b", privileges: [] },
    ]);
  });

  it("inherited ones keep where they come from, direct ones have no such mark", () => {
    const inherited = { privilege: "SELECT", inherited_from_type: "CATALOG", inherited_from_name: "main" };
    expect(
      toEffectivePrivileges([{ principal: "a", privileges: [inherited, { privilege: "MODIFY" }] }]),
    ).toEqual([
      { principal: "a", privilege: "SELECT", inheritedFrom: { type: "catalog", name: "main" } },
      { principal: "a", privilege: "MODIFY" },
    ]);
  });
});

describe("other securables", () => {
  it("catalog, schema, volume", () => {
    expect(
      toCatalog({
        name: "c",
        owner: "o",
        catalog_type: "FOREIGN_CATALOG",
        comment: "x",
        properties: { a: "b" },
      }),
    ).toEqual({
      name: "c",
      owner: "o",
      catalogType: "FOREIGN_CATALOG",
      comment: "x",
      properties: { a: "b" },
    });
    expect(toSchema({ name: "s", catalog_name: "c" })).toEqual({
      catalog: "c",
      schema: "s",
      owner: "",
      properties: {},
    });
    expect(
      toVolume({
        name: "v",
        catalog_name: "c",
        schema_name: "s",
        volume_type: "EXTERNAL",
        storage_location: "s3://b",
        owner: "o",
      }),
    ).toEqual({
      catalog: "c",
      schema: "s",
      name: "v",
      volumeType: "EXTERNAL",
      storageLocation: "s3://b",
      owner: "o",
    });
  });

  it("a metastore's sharing identifier, composed where it is not told", () => {
    const summary = { metastore_id: "m", name: "meta" };
    expect(toMetastore({ ...summary, global_metastore_id: "aws:us:m" }).globalMetastoreId).toBe("aws:us:m");
    expect(toMetastore({ ...summary, cloud: "azure", region: "westeurope" }).globalMetastoreId).toBe(
      "azure:westeurope:m",
    );
    expect(() => toMetastore(summary)).toThrow(expect.objectContaining({ code: "INTERNAL" }));
  });
});
