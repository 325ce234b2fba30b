import { describe, expect, test } from "vitest";
import { fieldFacts, findField, parseSchema, printSchema, typeText, walkFields } from "../index.ts";

const TEXT =
  '{"type":"struct","fields":[' +
  '{"name":"id","type":"long","nullable":false,"metadata":{"comment":"the key","delta.identity.start":9223372036854775807,"delta.identity.step":1,"delta.identity.highWaterMark":-9223372036854775808,"delta.identity.allowExplicitInsert":true}},' +
  '{"name":"Price","type":"decimal(10,2)","nullable":true,"metadata":{"delta.columnMapping.id":7,"delta.columnMapping.physicalName":"col-1"}},' +
  '{"name":"d","type":"date","nullable":true,"metadata":{"delta.generationExpression":"CAST(ts AS DATE)","CURRENT_DEFAULT":"current_date()"}},' +
  '{"name":"deep","type":{"type":"array","elementType":{"type":"struct","fields":[{"name":"m","type":{"type":"map","keyType":"string","valueType":"integer","valueContainsNull":false},"nullable":true,"metadata":{}}]},"containsNull":false},"nullable":true,"metadata":{}}' +
  "]}";

describe("a schema", () => {
  test("is printed as it was read", () => {
    expect(printSchema(parseSchema(TEXT))).toBe(TEXT);
  });

  test("says its types as Databricks does", () => {
    const { fields } = parseSchema(TEXT);
    expect(fields.map((f) => typeText(f.type))).toEqual([
      "bigint",
      "decimal(10,2)",
      "date",
      "array<struct<m:map<string,int>>>",
    ]);
    const simple = (type: string) => typeText({ kind: "primitive", name: type });
    expect(["byte", "short", "timestamp_ntz", "binary", "void"].map(simple)).toEqual([
      "tinyint",
      "smallint",
      "timestamp_ntz",
      "binary",
      "void",
    ]);
  });

  test("knows what Delta keeps in field metadata", () => {
    const schema = parseSchema(TEXT);
    const [id, , d] = schema.fields.map(fieldFacts);
    expect(id).toEqual({
      physicalName: "id",
      comment: "the key",
      identity: {
        start: 9223372036854775807n,
        step: 1n,
        highWaterMark: -9223372036854775808n,
        allowExplicitInsert: true,
      },
      typeChanges: [],
    });
    expect(d).toEqual({
      physicalName: "d",
      generationExpression: "CAST(ts AS DATE)",
      currentDefault: "current_date()",
      typeChanges: [],
    });
    const price = findField(schema, "PRICE");
    expect(price && fieldFacts(price)).toEqual({ physicalName: "col-1", id: 7, typeChanges: [] });
    expect(findField(schema, "nothing")).toBeUndefined();
  });

  test("is walked into its depths", () => {
    expect(Array.from(walkFields(parseSchema(TEXT)), ({ path }) => path.join("."))).toEqual([
      "id",
      "Price",
      "d",
      "deep",
      "deep.element.m",
    ]);
  });

  test.each([
    "",
    "{}",
    '"long"',
    '{"type":"struct"}',
    '{"type":"struct","fields":[{"type":"long"}]}',
    '{"type":"struct","fields":[{"name":"a","type":{"type":"set"}}]}',
  ])("%j is refused", (text) => {
    expect(() => parseSchema(text)).toThrow(expect.objectContaining({ code: "DELTA_LOG_CORRUPT" }));
  });
});
