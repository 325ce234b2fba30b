import { existsSync, realpathSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { demoQuick } from "../src/demo/catalogs.ts";
import { type Cell, type DemoTable, expectedRows } from "../src/demo/table.ts";
import { buildOnce, locationOf, openShell, succeed } from "./harness.ts";

const manifest = resolve(import.meta.dirname, "../../../tools/oracle/package.json");
const installed = existsSync(join(manifest, "../node_modules/chdb"));

interface Oracle {
  query(sql: string, format: string): string;
  cleanup(): void;
}

/**
 * ClickHouse in process, with its own reader of Delta tables (delta-kernel-rs). It reads only files below `folder`, which is at
 * once its user_files_path and, because its check of local tables looks there, the working directory.
 */
function openOracle(folder: string): Oracle {
  process.chdir(folder);
  const { Session } = createRequire(manifest)("chdb") as {
    Session: new (path: undefined, options: { connectionArgs: string[] }) => Oracle;
  };
  return new Session(undefined, { connectionArgs: [`--user_files_path=${folder}/`] });
}

const SETTINGS =
  "SETTINGS output_format_json_quote_64bit_integers = 1, output_format_json_quote_decimals = 1, output_format_decimal_trailing_zeros = 1, session_timezone = 'UTC'";

const known = demoQuick.tables.filter((table) => expectedRows(table, { seed: 7, scale: 1 }) !== undefined);

const skipped = installed ? "" : " (skipped: chdb is not installed, see npm run setup -- --oracle)";

describe.skipIf(!installed)(`another engine reads the clones${skipped}`, () => {
  const shell = openShell();
  let oracle: Oracle;

  beforeAll(async () => {
    buildOnce();
    await succeed(shell.run("demo", "--seed-only"));
    await shell.json("clone", "--source", "demo_quick", "--dest", "demo_copy");
    oracle = openOracle(realpathSync(shell.directory));
  });
  afterAll(() => {
    oracle?.cleanup();
    process.chdir(import.meta.dirname);
    shell.remove();
  });

  it.each(known.map((table) => [`${table.schema}.${table.name}`, table] as const))(
    "%s holds the generator's rows",
    async (_, table) => {
      const location = realpathSync(await locationOf(shell, quoted(table)));
      const answer = oracle.query(
        `SELECT * FROM deltaLakeLocal('${location.replaceAll("'", "\\'")}') ${SETTINGS}`,
        "JSONCompactEachRow",
      );
      const rows = answer
        .trim()
        .split("\n")
        .map((line) => (JSON.parse(line) as (string | number | boolean | null)[]).map(asCell));
      expect(sorted(rows)).toEqual(sorted(expectedRows(table, { seed: 7, scale: 1 }) ?? []));
    },
  );
});

function quoted({ schema, name }: DemoTable): string {
  return `demo_copy.${schema}.\`${name.replaceAll("`", "``")}\``;
}

/** ClickHouse shows fractions of a second always; whole seconds are all that the generator makes. */
function asCell(value: string | number | boolean | null): Cell {
  return value === null ? null : String(value).replace(/^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\.0+$/u, "$1");
}

function sorted(rows: readonly (readonly Cell[])[]): readonly string[] {
  return rows.map((row) => JSON.stringify(row)).sort();
}
