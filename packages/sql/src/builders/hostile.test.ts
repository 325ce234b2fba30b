import { describe, expect, test } from "vitest";
import { HOSTILE, parsed, quotedName } from "../../test/trees.ts";
import {
  addForeignKey,
  addPrimaryKey,
  alterViewAs,
  bytesOnlyIn,
  cloneTable,
  columnComments,
  commentOn,
  countWhere,
  createCatalog,
  createFunction,
  createSchema,
  createView,
  createVolume,
  describeAsJson,
  describeDetail,
  describeHistory,
  dropConstraint,
  dropMask,
  dropObject,
  filesOf,
  grant,
  historyOfMany,
  informationSchema,
  insertValues,
  revoke,
  selectCount,
  setMask,
  setOwner,
  setRowFilter,
  setSchemaProperties,
  setTableProperties,
  setTags,
  sizesOfMany,
  unsetTableProperties,
  unsetTags,
} from "../index.ts";

test("pitfall 20: no name and no text gets out of its quotes", () => {
  for (const h of HOSTILE) {
    const target = { type: "table", catalog: h, schema: h, name: h } as const;
    const on = { name: quotedName(h, h, h) };
    expect(parsed(commentOn(target, h))).toMatchObject({ on, comment: h });
    const action = { tags: [{ key: h, value: h }] };
    expect(parsed(setTags(target, { [h]: h }))).toMatchObject({ action });
  }
});

const names = HOSTILE.map((name) => [JSON.stringify(name), name] as const);

describe.each(names)("%s as name and as value comes back from the parser unchanged", (_shown, h) => {
  const schema = { catalog: h, schema: h };
  const table = { ...schema, name: h };
  const reference = { name: quotedName(h, h, h) };
  const entry = [{ key: h, value: h }];

  test("containers", () => {
    expect(parsed(createCatalog({ catalog: h, comment: h, managedLocation: h }))).toMatchObject({
      name: quotedName(h),
      comment: h,
      managedLocation: h,
    });
    expect(
      parsed(createCatalog({ catalog: h, usingShare: { provider: h, share: h }, comment: h })),
    ).toMatchObject({ name: quotedName(h), usingShare: quotedName(h, h), comment: h });
    expect(parsed(createSchema({ ...schema, comment: h, properties: { [h]: h } }))).toMatchObject({
      name: quotedName(h, h),
      comment: h,
      properties: entry,
    });
    expect(parsed(createVolume({ ...table, comment: h, location: h }))).toMatchObject({
      name: quotedName(h, h, h),
      comment: h,
      location: h,
    });
    expect(parsed(dropObject("table", table))).toMatchObject({ name: quotedName(h, h, h) });
  });

  test("tables", () => {
    expect(
      parsed(cloneTable({ target: table, source: table, tblProperties: { [h]: h }, location: h })),
    ).toMatchObject({ target: reference, source: reference, properties: entry, location: h });
    expect(
      parsed(cloneTable({ target: table, source: { format: "delta", path: h }, asOf: { timestamp: h } })),
    ).toMatchObject({
      source: {
        path: { format: "delta", path: h },
        timeTravel: { kind: "timestamp", value: { kind: "string", value: h } },
      },
    });
    expect(parsed(setTableProperties(table, { [h]: h }))).toMatchObject({
      target: reference,
      action: { properties: entry },
    });
    expect(parsed(unsetTableProperties(table, [h, h]))).toMatchObject({ action: { keys: [h, h] } });
    expect(parsed(selectCount(table))).toMatchObject({
      query: { body: { from: [{ kind: "table", table: reference }] } },
    });
    expect(parsed(filesOf(table))).toMatchObject({
      query: { body: { distinct: true, from: [{ kind: "table", table: reference }] } },
    });
    expect(parsed(insertValues({ table, columns: [h], rows: [[h]] }))).toMatchObject({
      target: reference,
      columns: [{ text: h }],
      query: { body: { rows: [[{ kind: "string", value: h }]] } },
    });
  });

  test("views and functions", () => {
    expect(
      parsed(
        createView({
          ...table,
          text: "SELECT 1",
          columns: [{ name: h, comment: h }],
          comment: h,
          properties: { [h]: h },
        }),
      ),
    ).toMatchObject({
      name: quotedName(h, h, h),
      columns: [{ name: { text: h }, comment: h }],
      comment: h,
      properties: entry,
    });
    expect(parsed(alterViewAs(table, "SELECT 1"))).toMatchObject({ target: reference });
    const routine = {
      ...table,
      owner: h,
      parameters: [{ name: h, typeText: "int", comment: h }],
      returns: "TABLE",
      returnColumns: [{ name: h, typeText: "int", comment: h }],
      language: "SQL",
      definition: "SELECT 1",
      deterministic: true,
      comment: h,
    };
    expect(parsed(createFunction({ routine }))).toMatchObject({
      name: quotedName(h, h, h),
      parameters: [{ name: { text: h }, comment: h }],
      returnColumns: [{ name: { text: h }, comment: h }],
      comment: h,
    });
  });

  test("governance", () => {
    const on = { type: "TABLE", name: quotedName(h, h, h) };
    const column = { type: "column", of: "table", ...table, column: h } as const;
    expect(parsed(commentOn({ type: "table", ...table }, h))).toMatchObject({ on, comment: h });
    expect(parsed(commentOn(column, h))).toMatchObject({ on: { name: quotedName(h, h, h, h) } });
    expect(parsed(setTags(column, { [h]: h }))).toMatchObject({
      action: { kind: "setColumnTags", column: { text: h }, tags: entry },
    });
    expect(parsed(unsetTags({ type: "schema", ...schema }, [h]))).toMatchObject({
      on: { name: quotedName(h, h) },
      action: { keys: [h] },
    });
    expect(parsed(grant(["SELECT"], { type: "table", ...table }, h))).toMatchObject({ on, principal: h });
    expect(parsed(revoke(["SELECT"], { type: "table", ...table }, h))).toMatchObject({ on, principal: h });
    expect(parsed(setOwner({ type: "catalog", catalog: h }, h))).toMatchObject({
      on: { type: "CATALOG", name: quotedName(h) },
      action: { principal: h },
    });
  });

  test("constraints, masks and row filters", () => {
    const name = { text: h };
    const routine = quotedName(h, h, h);
    expect(parsed(columnComments(table, { [h]: h }))).toMatchObject({
      target: reference,
      action: { comments: [{ column: name, comment: h }] },
    });
    expect(parsed(setSchemaProperties(schema, { [h]: h }))).toMatchObject({
      on: { name: quotedName(h, h) },
      action: { properties: entry },
    });
    expect(parsed(setMask({ table, column: h, function: table, usingColumns: [h] }))).toMatchObject({
      action: { column: name, function: routine, usingColumns: [name] },
    });
    expect(parsed(dropMask(table, h))).toMatchObject({ target: reference, action: { column: name } });
    expect(parsed(setRowFilter({ table, function: table, columns: [h] }))).toMatchObject({
      action: { function: routine, columns: [name] },
    });
    expect(parsed(addPrimaryKey(table, { name: h, columns: [h], timeseries: [h] }))).toMatchObject({
      action: { constraint: { name, columns: [name], timeseries: [name] } },
    });
    expect(
      parsed(addForeignKey(table, { name: h, columns: [h], parent: table, parentColumns: [h] })),
    ).toMatchObject({
      action: { constraint: { name, columns: [name], parent: routine, parentColumns: [name] } },
    });
    expect(parsed(dropConstraint(table, h))).toMatchObject({ target: reference, action: { name } });
  });

  test("reads", () => {
    expect(parsed(describeAsJson(table))).toMatchObject({ target: reference, asJson: true });
    expect(parsed(describeDetail(table))).toMatchObject({ target: reference });
    expect(parsed(describeHistory(table, 1))).toMatchObject({ target: reference });
    expect(parsed(historyOfMany([{ key: h, table }], 1))).toMatchObject({
      query: {
        body: {
          items: [{ value: { kind: "string", value: h } }, {}, {}, {}, {}, {}],
          from: [{ kind: "history", target: reference }],
        },
      },
    });
    expect(parsed(sizesOfMany([{ key: h, table }]))).toMatchObject({
      query: {
        body: {
          items: [{ value: { kind: "string", value: h } }, {}, {}, {}],
          from: [{ kind: "detail", target: reference }],
        },
      },
    });
    expect(parsed(bytesOnlyIn(table, table))).toMatchObject({
      query: { body: { from: [{ kind: "subquery" }] } },
    });
    expect(parsed(countWhere(table, { [h]: h }))).toMatchObject({
      query: {
        body: {
          from: [{ table: reference }],
          where: { left: { name: quotedName(h) }, right: { value: h } },
        },
      },
    });
    expect(parsed(informationSchema(h, "tables", [h]))).toMatchObject({
      query: {
        body: {
          from: [{ table: { name: quotedName(h, "information_schema", "tables") } }],
          where: { right: { values: [{ value: h }] } },
        },
      },
    });
  });
});
