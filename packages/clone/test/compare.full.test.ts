import { metastoreNetwork } from "@clone-xs/lakehouse";
import { withExecute } from "@clone-xs/unity";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { compareCatalogs, compareSideBySide } from "../src/diff/compare.ts";
import type { ComparedObject } from "../src/diff/comparison.ts";
import { estimateClone } from "../src/estimate/estimate.ts";
import { parseEstimateRequest } from "../src/estimate/request.ts";
import { openTestWorkspace, run, type TestWorkspace } from "./workspace.ts";

const HOSTILE = 'o\'neil`s "app"';

let test: TestWorkspace;
beforeAll(async () => {
  test = await openTestWorkspace();
  test.lakehouse.putPrincipal({ name: "readers", kind: "group", groups: [], admin: false });
  test.lakehouse.putPrincipal({ name: HOSTILE, kind: "user", groups: [], admin: false });
  await test.sql(
    "CREATE CATALOG base",
    "CREATE SCHEMA base.s",
    "CREATE SCHEMA base.other",
    "CREATE TABLE base.s.customers (id BIGINT NOT NULL, CONSTRAINT customers_pk PRIMARY KEY (id))",
    "CREATE TABLE base.s.t (id BIGINT NOT NULL COMMENT 'key', name STRING, `odd``colé` STRING) COMMENT 'a table' TBLPROPERTIES ('k' = 'v')",
    "INSERT INTO base.s.t VALUES (1, 'a', 'b')",
    "CREATE VIEW base.s.v AS SELECT id,\n name FROM base.s.t",
    "CREATE FUNCTION base.s.f(x STRING) RETURNS STRING RETURN upper(x)",
    "CREATE FUNCTION base.s.covered(x STRING) RETURNS STRING RETURN '***'",
    "CREATE FUNCTION base.s.visible(x BIGINT) RETURNS BOOLEAN RETURN x > 0",
    "CREATE VOLUME base.s.files COMMENT 'uploads'",
    "CREATE TABLE base.other.u (id BIGINT)",
  );
  await run(test.workspace, { source_catalog: "base", destination_catalog: "copy" });
});
afterAll(() => test?.close());

const ports = () => ({ source: test.workspace, target: test.workspace });
const pair = { sourceCatalog: "base", destinationCatalog: "copy" };

/** What does not stand the same: object, aspect, and both ends. */
function marks(objects: readonly ComparedObject[]): readonly string[] {
  return objects.flatMap(({ schema, name, state, rows }) => {
    const path = schema === undefined ? name : `${schema}.${name}`;
    if (state === "only_source" || state === "only_target") return [`${path}: ${state}`];
    return rows
      .filter((row) => row.state !== "same")
      .map((row) => {
        const about = [row.column, row.what, row.name].filter((part) => part !== undefined).join(" ");
        return `${path}: ${about}: ${row.source} | ${row.target}`;
      });
  });
}

async function differing(): Promise<readonly string[]> {
  return marks((await compareSideBySide(pair, ports())).objects);
}

describe("two catalogs side by side", () => {
  it("are alike after a clone, object by object", async () => {
    const { figures, objects, unread } = await compareSideBySide(pair, ports());
    expect(marks(objects)).toEqual([]);
    expect(unread).toEqual([]);
    expect(figures).toEqual({ same: 11, differs: 0, only_source: 0, only_target: 0, not_compared: 0 });
    const data = objects.find(({ name }) => name === "t")?.rows.find(({ what }) => what === "data");
    expect(data).toEqual({ what: "data", state: "same", source: "version 1", target: "clone of version 1" });
  });

  // Each is undone before the next is planted.
  it.each<[aspect: string, plant: string, undo: string, found: readonly string[]]>([
    [
      "a table that is only there",
      "CREATE TABLE copy.s.extra (id BIGINT)",
      "DROP TABLE copy.s.extra",
      ["s.extra: only_target"],
    ],
    [
      "a function that is missing",
      "DROP FUNCTION copy.s.f",
      "CREATE FUNCTION copy.s.f(x STRING) RETURNS STRING RETURN upper(x)",
      ["s.f: only_source"],
    ],
    [
      "the comment of a table",
      "COMMENT ON TABLE copy.s.t IS 'other'",
      "COMMENT ON TABLE copy.s.t IS 'a table'",
      ["s.t: comment: a table | other"],
    ],
    [
      "the comment of a volume",
      "COMMENT ON VOLUME copy.s.files IS 'x'",
      "COMMENT ON VOLUME copy.s.files IS 'uploads'",
      ["s.files: comment: uploads | x"],
    ],
    [
      "tags of a catalog",
      "ALTER CATALOG copy SET TAGS ('domain' = '')",
      "ALTER CATALOG copy UNSET TAGS ('domain')",
      ["base: tags domain: null | "],
    ],
    [
      "tags of a schema",
      "ALTER SCHEMA copy.s SET TAGS ('zone' = 'raw')",
      "ALTER SCHEMA copy.s UNSET TAGS ('zone')",
      ["s: tags zone: null | raw"],
    ],
    [
      "tags of a column with a hostile name",
      "ALTER TABLE copy.s.t ALTER COLUMN `odd``colé` SET TAGS ('it''s' = '📦')",
      "ALTER TABLE copy.s.t ALTER COLUMN `odd``colé` UNSET TAGS ('it''s')",
      ["s.t: odd`colé tags it's: null | 📦"],
    ],
    [
      "grants, one by one, also to hostile principals",
      `GRANT SELECT, MODIFY ON TABLE copy.s.t TO \`${HOSTILE.replaceAll("`", "``")}\``,
      `REVOKE SELECT, MODIFY ON TABLE copy.s.t FROM \`${HOSTILE.replaceAll("`", "``")}\``,
      [`s.t: grants ${HOSTILE}: null | MODIFY`, `s.t: grants ${HOSTILE}: null | SELECT`],
    ],
    [
      "grants of a function",
      "GRANT EXECUTE ON FUNCTION base.s.f TO readers",
      "REVOKE EXECUTE ON FUNCTION base.s.f FROM readers",
      ["s.f: grants readers: EXECUTE | null"],
    ],
    [
      "the owner of a function",
      "ALTER FUNCTION copy.s.f OWNER TO readers",
      "ALTER FUNCTION copy.s.f OWNER TO `owner@embedded.local`",
      ["s.f: owner: owner@embedded.local | readers"],
    ],
    [
      "the text of a view",
      "ALTER VIEW copy.s.v AS SELECT id FROM copy.s.t",
      "ALTER VIEW copy.s.v AS SELECT id,\n name FROM copy.s.t",
      [
        "s.v: name column: string | null",
        "s.v: definition: SELECT id,\n name FROM copy.s.t | SELECT id FROM copy.s.t",
      ],
    ],
  ])("finds %s, and nothing else", async (_, plant, undo, found) => {
    await test.sql(plant);
    expect(await differing()).toEqual(found);
    await test.sql(undo);
    expect(await differing()).toEqual([]);
  });

  it("finds what is done to a table: columns, properties, keys, masks, row filters and rows", async () => {
    await run(test.workspace, { source_catalog: "base", destination_catalog: "worn" });
    await test.sql(
      "ALTER TABLE worn.s.t ADD COLUMN (extra INT COMMENT 'more')",
      "ALTER TABLE worn.s.t SET TBLPROPERTIES ('k' = 'w', 'own' = '1')",
      "ALTER TABLE worn.s.t ALTER COLUMN id COMMENT 'number'",
      "ALTER TABLE worn.s.t ALTER COLUMN name SET MASK worn.s.covered",
      "ALTER TABLE worn.s.customers DROP CONSTRAINT customers_pk",
      "INSERT INTO base.other.u VALUES (1)",
      "ALTER TABLE worn.other.u SET ROW FILTER worn.s.visible ON (id)",
    );
    const there = { ...pair, destinationCatalog: "worn" };
    const { objects } = await compareSideBySide(there, ports());
    const found = marks(objects).filter((mark) => !/^s\.\w+: data/u.test(mark));
    expect(found).toEqual(
      [
        "s.customers: constraints primary key: primary key (id) | null",
        "s.t: id comment: key | number",
        "s.t: name mask: null | worn.s.covered()",
        "s.t: extra column: null | int",
        "s.t: extra comment: null | more",
        "s.t: properties k: v | w",
        "s.t: properties own: null | 1",
        "other.u: data: version 1 | clone of version 0",
        "other.u: row filter: null | worn.s.visible(id)",
      ].sort(byObject),
    );
    const differences = (await compareCatalogs(there, ports())).differences.map(({ object }) =>
      object.split(".", 2).join("."),
    );
    const objectsFound = objects.filter(({ state }) => state === "differs");
    expect(new Set(objectsFound.map(({ schema, name }) => `${schema}.${name}`))).toEqual(
      new Set(differences),
    );
  });

  it("reads what the list of differences reads, and no more", async () => {
    const counted = async (compare: (at: ReturnType<typeof ports>) => Promise<unknown>) => {
      const sent: string[] = [];
      const workspace = withExecute(test.workspace, (statement, options) => {
        sent.push(statement.text);
        return test.workspace.statements.execute(statement, options);
      });
      await compare({ source: workspace, target: workspace });
      return sent.sort();
    };
    const full = await counted((at) => compareSideBySide(pair, at));
    expect(full).toEqual(await counted((at) => compareCatalogs(pair, at)));
    expect(full.length).toBeGreaterThan(0);
  });

  it("looks only into the schemas that are asked for, and refuses one that is nowhere", async () => {
    await test.sql("CREATE TABLE copy.other.only_there (id BIGINT)");
    const schemasOf = async (more: object) =>
      (await compareSideBySide({ ...pair, ...more }, ports())).objects.flatMap(({ kind, name }) =>
        kind === "schema" ? [name] : [],
      );
    expect(await schemasOf({ includeSchemas: ["OTHER"] })).toEqual(["other"]);
    expect(await schemasOf({ excludeSchemas: ["other"] })).toEqual(["s"]);
    const { differences } = await compareCatalogs({ ...pair, includeSchemas: ["s"] }, ports());
    expect(differences).toEqual([]);
    await expect(compareCatalogs({ ...pair, includeSchemas: ["othr"] }, ports())).rejects.toMatchObject({
      code: "SCHEMA_NOT_FOUND",
      message: "Neither base nor copy has a schema othr. Did you mean other?",
    });
    await test.sql("DROP TABLE copy.other.only_there");
  });
});

/** In the order of the listing: schema by schema as the workspace lists them. */
function byObject(a: string, b: string): number {
  const [one, other] = [a, b].map((mark) => mark.split(":")[0] ?? "");
  return one === other ? 0 : (one ?? "") < (other ?? "") ? -1 : 1;
}

describe("a target in another metastore", () => {
  it("is compared, and a selective clone to it forecast, from both ends", async () => {
    const network = metastoreNetwork();
    const source = await openTestWorkspace({ network });
    const target = await openTestWorkspace({ network });
    onTestFinished(async () => {
      await source.close();
      await target.close();
    });
    const rows = (from: number, count: number) =>
      `SELECT id, concat('row ', id) AS name FROM range(${from}, ${from + count})`;
    await source.sql(
      "CREATE CATALOG shop",
      "CREATE SCHEMA shop.s",
      `CREATE TABLE shop.s.large AS ${rows(0, 5000)}`,
      `CREATE TABLE shop.s.small AS ${rows(0, 100)}`,
    );
    const at = { source: source.workspace, target: target.workspace };
    const wire = { source_catalog: "shop", destination_catalog: "shop", target_workspace: "there" };
    await run(source.workspace, wire, { target: target.workspace });
    const same = { sourceCatalog: "shop", destinationCatalog: "shop" };
    expect((await compareCatalogs(same, at)).differences.filter(({ what }) => what !== "grants")).toEqual([]);

    await source.sql(
      `INSERT INTO shop.s.large ${rows(9000, 500)}`,
      "DELETE FROM shop.s.large WHERE id = 9001",
      "ALTER TABLE shop.s.small SET TAGS ('pii' = 'none')",
    );
    const { objects } = await compareSideBySide(same, at);
    expect(marks(objects).filter((mark) => !mark.includes("grants"))).toEqual([
      "s.large: data: version 2 | clone of version 0",
      "s.small: tags pii: none | null",
    ]);

    const parsed = parseEstimateRequest(wire);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
    const { selective } = await estimateClone(parsed.request, at);
    expect(selective).toMatchObject({
      tables_to_clone: 1,
      tables_in_sync: 1,
      drift_breakdown: { version_drift: 1 },
    });
    expect(selective?.top_drifted_tables).toMatchObject([{ table: "large", method: "files" }]);
    const { summary } = await run(
      source.workspace,
      { ...wire, load_type: "SELECTIVE" },
      { target: target.workspace },
    );
    expect(summary.bytes_copied).toBe(selective?.size_bytes);
  });

  it("needs a destination catalog", () => {
    const wire = { source_catalog: "shop", target_workspace: "there" };
    expect(parseEstimateRequest(wire)).toMatchObject({
      ok: false,
      problems: [{ path: "destination_catalog" }],
    });
    const named = parseEstimateRequest({
      ...wire,
      target_workspace: { connection: "there", destination_catalog: "c" },
    });
    expect(named).toMatchObject({ ok: true, request: { hasDestination: true } });
  });
});
