import { between, pick } from "../simulation/random.ts";

/** Names that a catalog may well have, and that break whatever pastes them into text. */
const NAMES = ["orders", "odd``name", "it's", 'quo"te', "größe", "select", "a-b", "$x%", "日本"] as const;
export const PRINCIPALS = ["ann@example.com", "o'neil", "readers", "writers"] as const;

/** The statements that make a catalog of random shape: every kind of object, with whatever may stand around each. */
export function randomCatalog(catalog: string, random: () => number): readonly string[] {
  const schemas = Array.from(
    { length: between(random, 1, 2) },
    (_, at) => `${catalog}.\`${pick(random, ["s", "größe", "it's"])}${at}\``,
  );
  return [
    `CREATE CATALOG ${catalog}${maybe(random, " COMMENT 'it''s \\\\ a catalog'")}`,
    ...schemas.flatMap((schema) => randomSchema(schema, random)),
    ...grantsOn(`CATALOG ${catalog}`, ["USE CATALOG", "SELECT", "ALL PRIVILEGES"], random),
  ];
}

function randomSchema(schema: string, random: () => number): readonly string[] {
  const names = NAMES.filter(() => random() < 0.35);
  const tables = (names.length === 0 ? ["t"] : names).map((name) => `${schema}.\`${name}\``);
  const [first = ""] = tables;
  return [
    `CREATE SCHEMA ${schema}${maybe(random, " WITH DBPROPERTIES ('team' = 'a''b')")}`,
    `CREATE FUNCTION ${schema}.hide(s STRING) RETURNS STRING RETURN CASE WHEN is_account_group_member('nobody') THEN s ELSE '***' END`,
    ...tables.flatMap((table) => randomTable(table, random)),
    `CREATE VIEW ${schema}.shown${maybe(random, " COMMENT 'a view'")} AS SELECT id, upper(name) AS name FROM ${first} WHERE name <> '${schema.replaceAll("'", "''")}' -- ${first}`,
    `CREATE VIEW ${schema}.again AS SELECT id FROM ${schema}.shown`,
    ...(random() < 0.5 ? [`CREATE VOLUME ${schema}.files COMMENT 'v'`] : []),
    ...tagsOn(`SCHEMA ${schema}`, random),
    ...grantsOn(`SCHEMA ${schema}`, ["USE SCHEMA", "SELECT", "MODIFY", "ALL PRIVILEGES"], random),
    ...grantsOn(`FUNCTION ${schema}.hide`, ["EXECUTE"], random),
  ];
}

function randomTable(table: string, random: () => number): readonly string[] {
  const rows = Array.from({ length: between(random, 0, 4) }, (_, at) => `(${at}, 'n${at}', ${at}.5)`);
  return [
    `CREATE TABLE ${table} (id BIGINT NOT NULL${maybe(random, " COMMENT 'the ''key'''")}, name STRING, amount DECIMAL(10,2))${maybe(random, " COMMENT 'of \\\\ rows'")}${maybe(random, " TBLPROPERTIES ('k`1' = 'v''1')")}`,
    ...(rows.length === 0 ? [] : [`INSERT INTO ${table} VALUES ${rows.join(", ")}`]),
    ...(random() < 0.4 ? [`ALTER TABLE ${table} ADD CONSTRAINT pk PRIMARY KEY (id)`] : []),
    ...(random() < 0.3 ? [`ALTER TABLE ${table} ADD CONSTRAINT positive CHECK (id >= 0)`] : []),
    ...(random() < 0.3 ? [`ALTER TABLE ${table} ALTER COLUMN name SET TAGS ('pii' = 'y''es')`] : []),
    ...tagsOn(`TABLE ${table}`, random),
    ...grantsOn(`TABLE ${table}`, ["SELECT", "MODIFY", "ALL PRIVILEGES"], random),
  ];
}

function maybe(random: () => number, clause: string): string {
  return random() < 0.4 ? clause : "";
}

function tagsOn(what: string, random: () => number): readonly string[] {
  return random() < 0.4
    ? [`ALTER ${what} SET TAGS ('tier' = '${pick(random, ["gold", "it''s", ""])}', 'a-b' = '1')`]
    : [];
}

function grantsOn(
  what: string,
  privileges: readonly [string, ...string[]],
  random: () => number,
): readonly string[] {
  return PRINCIPALS.filter(() => random() < 0.3).map(
    (principal) => `GRANT ${pick(random, privileges)} ON ${what} TO \`${principal}\``,
  );
}

/** Things that may happen to a catalog between two clones. */
export function randomDrift(tables: readonly string[], random: () => number): readonly string[] {
  return tables.flatMap((table) => {
    const changes = [
      `INSERT INTO ${table} (id, name) VALUES (${between(random, 10, 99)}, 'later')`,
      `DELETE FROM ${table} WHERE id = 1`,
      `ALTER TABLE ${table} SET TAGS ('tier' = 'later')`,
      `GRANT SELECT ON TABLE ${table} TO readers`,
      `COMMENT ON TABLE ${table} IS 'later'`,
      `ALTER TABLE ${table} ADD COLUMNS (later STRING COMMENT 'l')`,
    ];
    return changes.filter(() => random() < 0.3);
  });
}
