import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { actionsIn, dataFilesIn, externalTables } from "../testing/external-tables.ts";

const { open, close, sql, failed, at } = externalTables();
beforeAll(open);
afterAll(close);

const path = (name: string) => `delta.\`${at(name)}\``;
const metaData = (name: string, version = 0) => actionsIn(at(name), version, "metaData")[0] ?? {};
const configuration = (name: string, version = 0) =>
  metaData(name, version)["configuration"] as Record<string, string>;
const features = (name: string, version = 0) =>
  actionsIn(at(name), version, "protocol")[0]?.["writerFeatures"] as string[] | undefined;
const create = (name: string, columns: string, clauses = "") =>
  sql(`CREATE TABLE ${name} (${columns}) ${clauses} LOCATION '${at(name)}'`);
const external = (name: string, query = "SELECT id FROM range(5)") =>
  sql(`CREATE TABLE ${name} LOCATION '${at(name)}' AS ${query}`);
const KINDS = ["DEEP", "SHALLOW"];

/** What another engine commits when it widens the type of column `a`: all its changes so far. */
function widen(
  name: string,
  version: number,
  changes: readonly (readonly [fromType: string, toType: string])[],
) {
  const typeChanges = changes.map(([fromType, toType]) => ({ fromType, toType }));
  const field = {
    name: "a",
    type: changes.at(-1)?.[1],
    nullable: true,
    metadata: { "delta.typeChanges": typeChanges },
  };
  commit(name, version, [
    { metaData: { ...metaData(name), schemaString: JSON.stringify({ type: "struct", fields: [field] }) } },
  ]);
}

/** A commit of another engine. */
function commit(name: string, version: number, actions: readonly object[]): void {
  const commitInfo = {
    timestamp: Date.now(),
    inCommitTimestamp: Date.now() + version * 1000,
    operation: "WRITE",
    operationParameters: {},
  };
  const file = join(at(name), "_delta_log", `${String(version).padStart(20, "0")}.json`);
  writeFileSync(file, [{ commitInfo }, ...actions].map((action) => `${JSON.stringify(action)}\n`).join(""));
}

describe("metadata", () => {
  test.each(KINDS)(
    "clone checklist 17: a %s clone has the source's metadata and an id of its own",
    async (kind) => {
      const [source, target] = [`s17${kind}`, `t17${kind}`];
      await create(
        source,
        "id BIGINT NOT NULL COMMENT 'the key', v STRUCT<a: INT COMMENT 'deep', b: ARRAY<STRING>>, p DATE, CONSTRAINT positive CHECK (id > 0)",
        "PARTITIONED BY (p) COMMENT 'a description' TBLPROPERTIES ('own' = 'x', 'delta.logRetentionDuration' = 'interval 9 days')",
      );
      await sql(`INSERT INTO ${source} VALUES (1, named_struct('a', 1, 'b', array('x')), DATE '2020-01-01')`);
      await sql(`CREATE TABLE ${path(target)} ${kind} CLONE ${source}`);
      const [theirs, ours] = [metaData(source), metaData(target)];
      for (const key of ["schemaString", "partitionColumns", "configuration", "format", "createdTime"])
        expect([key, ours[key]]).toEqual([key, theirs[key]]);
      expect(ours["id"]).not.toBe(theirs["id"]);
      expect([theirs["description"], ours["description"], ours["name"]]).toEqual([
        "a description",
        undefined,
        undefined,
      ]);
    },
  );

  test("clone checklist 20: TBLPROPERTIES go over the source's, and raise the protocol, of an existing target too", async () => {
    await create("s20", "id INT", "TBLPROPERTIES ('a' = 'source', 'b' = 'source')");
    const said =
      "TBLPROPERTIES ('b' = 'clone', 'c' = 'clone', 'delta.enableChangeDataFeed' = 'true', 'delta.feature.vacuumProtocolCheck' = 'supported')";
    await sql(`CREATE TABLE t20 DEEP CLONE s20 ${said} LOCATION '${at("t20")}'`);
    expect(configuration("t20")).toEqual({
      ...configuration("s20"),
      a: "source",
      b: "clone",
      c: "clone",
      "delta.enableChangeDataFeed": "true",
    });
    expect(features("t20")).toEqual(expect.arrayContaining(["changeDataFeed", "vacuumProtocolCheck"]));
    expect(await sql("SHOW TBLPROPERTIES t20 ('c')")).toEqual([["c", "clone"]]);
    await create("existing20", "id INT");
    await sql(
      `CREATE OR REPLACE TABLE existing20 DEEP CLONE s20 ${said.replace("TBLPROPERTIES (", "TBLPROPERTIES ('delta.enableDeletionVectors' = 'true', ")}`,
    );
    expect(features("existing20", 1)).toEqual(
      expect.arrayContaining(["changeDataFeed", "deletionVectors", "vacuumProtocolCheck"]),
    );
    await sql(`CREATE TABLE plain20 DEEP CLONE s20 LOCATION '${at("plain20")}'`);
    expect(features("plain20")).toEqual(features("s20"));
  });

  test.each(KINDS)(
    "clone checklist 21: a %s clone cannot switch vectors off that the source has",
    async (kind) => {
      const source = `s21${kind}`;
      await sql(
        `CREATE TABLE ${source} TBLPROPERTIES ('delta.enableDeletionVectors' = 'true') AS SELECT id FROM range(5)`,
      );
      const clone = `CREATE TABLE t21${kind} ${kind} CLONE ${source} TBLPROPERTIES ('delta.enableDeletionVectors' = 'false')`;
      await sql(`DELETE FROM ${source} WHERE id = 1`);
      expect(await failed(clone)).toMatch(/^\[DELTA_ADDING_DELETION_VECTORS_DISALLOWED\]/);
      await sql(`INSERT OVERWRITE ${source} VALUES (7)`);
      await sql(clone);
      expect(await sql(`SELECT * FROM t21${kind}`)).toEqual([["7"]]);
    },
  );

  test.each(KINDS)(
    "clone checklist 22: a %s clone changes neither mode nor highest id of the column mapping",
    async (kind) => {
      const source = `s22${kind}`;
      await sql(
        `CREATE TABLE ${source} TBLPROPERTIES ('delta.columnMapping.mode' = 'name') AS SELECT 1 AS \`a b\``,
      );
      const clone = (key: string, value: string) =>
        failed(
          `CREATE TABLE t22${kind} ${kind} CLONE ${source} TBLPROPERTIES ('delta.columnMapping.${key}' = '${value}')`,
        );
      for (const mode of ["id", "none"])
        expect(await clone("mode", mode)).toBe(
          `[DELTA_UNSUPPORTED_COLUMN_MAPPING_MODE_CHANGE] Changing column mapping mode from 'name' to '${mode}' is not supported. SQLSTATE: 0AKDC`,
        );
      expect(await clone("maxColumnId", "123123")).toMatch(
        /^\[DELTA_CANNOT_MODIFY_TABLE_PROPERTY\] .*delta\.columnMapping\.maxColumnId/,
      );
      expect(await clone("mode", "name")).toBe("succeeded");
    },
  );

  test("clone checklist 22: nor those of a target that is replaced, but for the way from none to name", async () => {
    await sql(
      "CREATE TABLE named22 TBLPROPERTIES ('delta.columnMapping.mode' = 'name') AS SELECT 1 AS `a b`",
    );
    await sql("CREATE TABLE plain22 AS SELECT 1 AS a");
    await sql("CREATE TABLE upgraded22 AS SELECT 2 AS a");
    expect(await failed("CREATE OR REPLACE TABLE named22 DEEP CLONE plain22")).toContain(
      "Changing column mapping mode from 'name' to 'none' is not supported.",
    );
    await sql("CREATE OR REPLACE TABLE upgraded22 DEEP CLONE named22");
    expect(await sql("SELECT `a b` FROM upgraded22")).toEqual([["1"]]);
    expect(await sql("SELECT a FROM upgraded22 VERSION AS OF 0")).toEqual([["2"]]);
  });

  test.each(["c1,c2", "c1,c2.a,c2.b"])(
    "clone checklist 24: the columns with statistics stay: %s",
    async (columns) => {
      const n = columns.length;
      const second = n > 5 ? "STRUCT<a: INT, b: INT>" : "BIGINT";
      await sql(
        `CREATE TABLE s24_${n} (c0 BIGINT, c1 BIGINT, c2 ${second}) TBLPROPERTIES ('delta.dataSkippingStatsColumns' = '${columns}', 'delta.columnMapping.mode' = 'name')`,
      );
      for (const kind of KINDS) {
        await sql(`CREATE TABLE t24_${n}${kind} ${kind} CLONE s24_${n}`);
        expect(await sql(`SHOW TBLPROPERTIES t24_${n}${kind} ('delta.dataSkippingStatsColumns')`)).toEqual([
          ["delta.dataSkippingStatsColumns", columns],
        ]);
      }
    },
  );

  test.each(KINDS)(
    "clone checklist 25: identity columns of a %s clone are the source's and give new numbers",
    async (kind) => {
      const [source, target] = [`s25${kind}`, `t25${kind}`];
      await create(source, "id BIGINT GENERATED ALWAYS AS IDENTITY, v STRING");
      await sql(`INSERT INTO ${source} (v) VALUES ('a'), ('b')`);
      await sql(`CREATE TABLE ${target} ${kind} CLONE ${source} LOCATION '${at(target)}'`);
      expect(metaData(target)["schemaString"]).toBe(metaData(source, 1)["schemaString"]);
      await sql(`INSERT INTO ${target} (v) VALUES ('c'), ('d')`);
      await sql(`INSERT INTO ${source} (v) VALUES ('e')`);
      for (const table of [source, target]) {
        const found = (await sql(`SELECT id FROM ${table}`)).flat();
        expect(new Set(found).size).toBe(found.length);
      }
      expect(await sql(`SELECT count(*) FROM ${target}`)).toEqual([["4"]]);
    },
  );

  test.each(KINDS)(
    "clone checklist 26: a %s clone is clustered as its source was at the version",
    async (kind) => {
      const source = `s26${kind}`;
      await create(source, "id BIGINT, v STRING", "CLUSTER BY (id)");
      await sql(`INSERT INTO ${source} VALUES (1, 'x')`);
      await sql(`ALTER TABLE ${source} CLUSTER BY NONE`);
      const clustering = async (name: string, travel = "") => {
        await sql(`CREATE TABLE ${path(`${name}${kind}`)} ${kind} CLONE ${source}${travel}`);
        return actionsIn(at(`${name}${kind}`), 0, "domainMetadata").filter(
          ({ domain, removed }) => domain === "delta.clustering" && removed !== true,
        );
      };
      expect(await clustering("then26", " VERSION AS OF 1")).toMatchObject([
        { configuration: '{"clusteringColumns":[["id"]],"domainName":"delta.clustering"}' },
      ]);
      expect(await clustering("now26")).toMatchObject([
        { configuration: '{"clusteringColumns":[],"domainName":"delta.clustering"}' },
      ]);
    },
  );

  test("clone checklist 27: column defaults work in the clone; variant columns are cloned or refused by name", async () => {
    await sql("CREATE TABLE s27 (id INT, v STRING DEFAULT 'none')");
    for (const kind of KINDS) {
      await sql(`CREATE TABLE t27${kind} ${kind} CLONE s27`);
      await sql(`INSERT INTO t27${kind} (id) VALUES (1)`);
      expect(await sql(`SELECT * FROM t27${kind}`)).toEqual([["1", "none"]]);
    }
    mkdirSync(join(at("variant27"), "_delta_log"), { recursive: true });
    const named = ["variantType"];
    const type = { type: "struct", fields: [{ name: "v", type: "variant", nullable: true, metadata: {} }] };
    const lines = [
      {
        protocol: { minReaderVersion: 3, minWriterVersion: 7, readerFeatures: named, writerFeatures: named },
      },
      {
        metaData: {
          id: "v",
          format: { provider: "parquet", options: {} },
          schemaString: JSON.stringify(type),
          partitionColumns: [],
          configuration: {},
        },
      },
    ];
    writeFileSync(
      join(at("variant27"), "_delta_log", "00000000000000000000.json"),
      lines.map((l) => JSON.stringify(l)).join("\n"),
    );
    expect(await failed(`CREATE TABLE t27variant DEEP CLONE ${path("variant27")}`)).toMatch(
      /^succeeded$|variantType/,
    );
  });

  test.each(KINDS)(
    "clone checklist 28: a %s clone reads rows of three generations of a type",
    async (kind) => {
      const source = `s28${kind}`;
      await create(source, "a TINYINT", "TBLPROPERTIES ('delta.enableTypeWidening' = 'true')");
      await sql(`INSERT INTO ${source} VALUES (1)`);
      widen(source, 2, [["byte", "integer"]]);
      await sql(`INSERT INTO ${source} VALUES (70000)`);
      widen(source, 4, [
        ["byte", "integer"],
        ["integer", "long"],
      ]);
      await sql(`INSERT INTO ${source} VALUES (5000000000)`);
      await sql(`CREATE TABLE t28${kind} ${kind} CLONE ${source} LOCATION '${at(`t28${kind}`)}'`);
      await sql(`INSERT INTO t28${kind} VALUES (6000000000)`);
      expect((await sql(`SELECT a FROM t28${kind} ORDER BY a`)).flat()).toEqual([
        "1",
        "70000",
        "5000000000",
        "6000000000",
      ]);
    },
  );

  test("clone checklist 29: what no clone of ours would do is refused: UniForm and commits by the catalog", async () => {
    await sql("CREATE TABLE s29 AS SELECT 1 AS id");
    const clone = (property: string) => failed(`CREATE TABLE t29 DEEP CLONE s29 TBLPROPERTIES (${property})`);
    expect(await clone("'delta.universalFormat.enabledFormats' = 'iceberg'")).toMatch(
      /^\[DELTA_INVALID_TABLE_PROPERTY\] delta\.universalFormat\.enabledFormats cannot be set/,
    );
    expect(await clone("'delta.feature.catalogManaged' = 'supported'")).toMatch(
      /^\[DELTA_UNSUPPORTED_FEATURES_FOR_WRITE\] .*catalogManaged/,
    );
    expect(await failed("SELECT * FROM t29")).toMatch(/^\[TABLE_OR_VIEW_NOT_FOUND\]/);
  });

  test("clone checklist 30: the partition columns of a replaced target become the source's", async () => {
    await sql(
      `CREATE TABLE by_a PARTITIONED BY (a) LOCATION '${at("by_a")}' AS SELECT id AS a, id * 2 AS b FROM range(3)`,
    );
    await sql("CREATE TABLE by_b PARTITIONED BY (b) AS SELECT id AS a, id * 3 AS b FROM range(2)");
    await sql("CREATE TABLE by_none AS SELECT 7 AS a, 8 AS b");
    for (const [source, columns, rows] of [
      [
        "by_b",
        ["b"],
        [
          ["0", "0"],
          ["1", "3"],
        ],
      ],
      ["by_none", [], [["7", "8"]]],
    ] as const) {
      await sql(`CREATE OR REPLACE TABLE by_a DEEP CLONE ${source}`);
      expect(metaData("by_a", source === "by_b" ? 1 : 2)["partitionColumns"]).toEqual(columns);
      expect(await sql("SELECT a, b FROM by_a ORDER BY a")).toEqual(rows);
    }
    expect(await sql("SELECT count(*), sum(b) FROM by_a VERSION AS OF 0")).toEqual([["3", "6"]]);
  });
});

describe("row tracking", () => {
  const ROW_ID = "delta.rowTracking.materializedRowIdColumnName";
  const marks = (name: string, version = 0) =>
    actionsIn(at(name), version, "domainMetadata").filter(({ domain }) => domain === "delta.rowTracking");

  test.each(KINDS)(
    "clone checklist 34: a %s clone gives its rows ids of its own, under columns of its own",
    async (kind) => {
      const [source, target] = [`s34${kind}`, `t34${kind}`];
      await create(source, "id BIGINT", "TBLPROPERTIES ('delta.enableRowTracking' = 'true')");
      await sql(`INSERT INTO ${source} SELECT id FROM range(5)`);
      await sql(`INSERT INTO ${source} SELECT id FROM range(3)`);
      await sql(`DELETE FROM ${source} WHERE id = 4`);
      await sql(`CREATE TABLE ${target} ${kind} CLONE ${source} LOCATION '${at(target)}'`);
      const adds = actionsIn(at(target), 0, "add");
      const ids = adds.map((add) => Number(add["baseRowId"])).sort((a, b) => a - b);
      expect(ids[0]).toBe(0);
      expect(marks(target)).toHaveLength(1);
      expect(configuration(target)["delta.enableRowTracking"]).toBe("true");
      const [theirs, ours] = [configuration(source)[ROW_ID], configuration(target)[ROW_ID]];
      expect(ours).toMatch(/^_row-id-col-/);
      expect(ours).not.toBe(theirs);
      await sql(`CREATE OR REPLACE TABLE ${path(target)} ${kind} CLONE ${source}`);
      expect(configuration(target, 1)[ROW_ID]).toBe(ours);
    },
  );

  test("clone checklist 34: it is switched on by the property, not by the feature, and an empty source sets nothing", async () => {
    await create("s34", "id BIGINT");
    const feature = "'delta.feature.rowTracking' = 'supported', 'delta.feature.domainMetadata' = 'supported'";
    await sql(
      `CREATE TABLE feature34 DEEP CLONE s34 TBLPROPERTIES (${feature}) LOCATION '${at("feature34")}'`,
    );
    expect(features("feature34")).toContain("rowTracking");
    expect(configuration("feature34")["delta.enableRowTracking"]).toBeUndefined();
    await sql(
      `CREATE TABLE on34 DEEP CLONE s34 TBLPROPERTIES ('delta.enableRowTracking' = 'true') LOCATION '${at("on34")}'`,
    );
    expect([features("on34")?.includes("rowTracking"), marks("on34")]).toEqual([true, []]);
  });

  test.each(KINDS)(
    "clone checklist 34: a %s clone with row tracking needs statistics of every file",
    async (kind) => {
      const source = `bare34${kind}`;
      await external(source);
      const [file] = dataFilesIn(at(source)).keys();
      const [add] = actionsIn(at(source), 0, "add");
      commit(source, 1, [
        { remove: { path: add?.["path"], dataChange: true, deletionTimestamp: 1 } },
        {
          add: {
            path: `./${file}`,
            partitionValues: {},
            size: Number(add?.["size"]),
            modificationTime: 1,
            dataChange: true,
          },
        },
      ]);
      const clone = (properties: string) =>
        failed(`CREATE TABLE ${path(`t${source}`)} ${kind} CLONE ${source} ${properties}`);
      expect(await clone("TBLPROPERTIES ('delta.enableRowTracking' = 'true')")).toMatch(
        /^\[DELTA_CLONE_WITH_ROW_TRACKING_WITHOUT_STATS\] /,
      );
      expect(await clone("")).toBe("succeeded");
    },
  );

  test("clone checklist 34: a column called like the target's hidden one is refused", async () => {
    await create("hidden34", "id BIGINT", "TBLPROPERTIES ('delta.enableRowTracking' = 'true')");
    const name = configuration("hidden34")[ROW_ID];
    await sql(
      `CREATE TABLE clash34 TBLPROPERTIES ('delta.enableRowTracking' = 'true') AS SELECT 1 AS \`${name}\``,
    );
    expect(await failed("CREATE OR REPLACE TABLE hidden34 DEEP CLONE clash34")).toMatch(
      /^\[DELTA_ADDING_COLUMN_WITH_INTERNAL_NAME_FAILED\]/,
    );
  });

  test.each(KINDS)("clone checklist 35: every file of a fresh %s clone is of commit 0", async (kind) => {
    await sql(`CREATE TABLE s35${kind} (id INT) TBLPROPERTIES ('delta.enableRowTracking' = 'true')`);
    for (const id of [1, 2, 3]) await sql(`INSERT INTO s35${kind} VALUES (${id})`);
    await sql(`CREATE TABLE t35${kind} DEEP CLONE s35${kind} LOCATION '${at(`t35${kind}`)}'`);
    const adds = actionsIn(at(`t35${kind}`), 0, "add");
    expect(adds.map((add) => add["defaultRowCommitVersion"])).toEqual([0, 0, 0]);
  });
});
