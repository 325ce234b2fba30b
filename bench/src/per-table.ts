import type { RunSummary } from "@clone-xs/clone";
import type { Workspace } from "@clone-xs/unity";
import { clone, sendAll, withLakehouse } from "./embedded.ts";

/** What stands around a table, and how many statements its copy takes beside the CLONE at most: one a kind, one a tagged column. */
interface Shape {
  readonly name: string;
  readonly target: number;
  readonly statements: (table: string) => readonly string[];
}

const principals = ["ann", "bob", "cleo", "dan", "eve"];
const create = (table: string) =>
  `CREATE TABLE ${table} (id BIGINT NOT NULL, mail STRING, phone STRING, born DATE)`;
const tags = (count: number) =>
  Array.from({ length: count }, (_, i) => `'tag${i}' = 'value ${i}'`).join(", ");

const shapes: readonly Shape[] = [
  { name: "bare", target: 1, statements: (table) => [create(table)] },
  {
    name: "comment",
    target: 2,
    statements: (table) => [create(table), `COMMENT ON TABLE ${table} IS 'what it is'`],
  },
  {
    name: "8 tags",
    target: 2,
    statements: (table) => [create(table), `ALTER TABLE ${table} SET TAGS (${tags(8)})`],
  },
  {
    name: "2 tagged columns, 3 tags each",
    target: 3,
    statements: (table) => [
      create(table),
      `ALTER TABLE ${table} ALTER COLUMN mail SET TAGS (${tags(3)})`,
      `ALTER TABLE ${table} ALTER COLUMN phone SET TAGS (${tags(3)})`,
    ],
  },
  {
    name: "primary key",
    target: 2,
    statements: (table) => [create(table), `ALTER TABLE ${table} ADD CONSTRAINT pk PRIMARY KEY (id)`],
  },
  {
    name: "2 privileges for each of 5 principals",
    target: 6,
    statements: (table) => [
      create(table),
      ...principals.map((principal) => `GRANT SELECT, MODIFY ON TABLE ${table} TO \`${principal}\``),
    ],
  },
  {
    name: "a group as owner",
    target: 2,
    statements: (table) => [create(table), `ALTER TABLE ${table} OWNER TO team`],
  },
  {
    name: "everything: comment, 8 tags, 2 tagged columns, primary key, 5 principals, owner",
    target: 12,
    statements: (table) => [
      create(table),
      `COMMENT ON TABLE ${table} IS 'what it is'`,
      `ALTER TABLE ${table} SET TAGS (${tags(8)})`,
      `ALTER TABLE ${table} ALTER COLUMN mail SET TAGS (${tags(3)})`,
      `ALTER TABLE ${table} ALTER COLUMN phone SET TAGS (${tags(3)})`,
      `ALTER TABLE ${table} ADD CONSTRAINT pk PRIMARY KEY (id)`,
      ...principals.map((principal) => `GRANT SELECT, MODIFY ON TABLE ${table} TO \`${principal}\``),
      `ALTER TABLE ${table} OWNER TO team`,
    ],
  },
];

const FEW = 10;
const MANY = 35;
const READS: ReadonlySet<string> = new Set(["history", "describe", "select"]);

/** Statements that one more table costs, from catalogs of few and of many tables of one shape; and those that read. */
export async function benchPerTable(): Promise<void> {
  await withLakehouse(async (lakehouse) => {
    for (const name of principals) lakehouse.putPrincipal({ name, kind: "user", groups: [], admin: false });
    lakehouse.putPrincipal({ name: "team", kind: "group", groups: [], admin: false });
    lakehouse.putPrincipal({ name: lakehouse.owner, kind: "user", groups: ["team"], admin: true });
    const workspace = lakehouse.connect();
    for (const [index, shape] of shapes.entries()) {
      const few = await cloned(workspace, shape, { catalog: `few${index}`, tables: FEW });
      const many = await cloned(workspace, shape, { catalog: `many${index}`, tables: MANY });
      report(shape, few, many);
    }
  });
}

async function cloned(
  workspace: Workspace,
  shape: Shape,
  { catalog, tables }: { readonly catalog: string; readonly tables: number },
): Promise<RunSummary> {
  const made = Array.from({ length: tables }, (_, i) => shape.statements(`${catalog}.s.t${i}`)).flat();
  await sendAll(workspace, [`CREATE CATALOG ${catalog}`, `CREATE SCHEMA ${catalog}.s`, ...made]);
  const summary = await clone(workspace, { source_catalog: catalog, destination_catalog: `${catalog}_copy` });
  if (summary.tables.success !== tables || summary.residue.length > 0)
    throw new Error(JSON.stringify(summary));
  return summary;
}

function report({ name, target }: Shape, few: RunSummary, many: RunSummary): void {
  const kinds = Object.keys(many.statements);
  const more = (kind: string) => ((many.statements[kind] ?? 0) - (few.statements[kind] ?? 0)) / (MANY - FEW);
  const writes = kinds.filter((kind) => !READS.has(kind) && more(kind) > 0);
  const sum = writes.reduce((total, kind) => total + more(kind), 0);
  const parts = writes.map((kind) => `${digits(more(kind))} ${kind}`).join(" + ");
  const reads = [few, many].map(({ statements }) =>
    kinds
      .filter((kind) => READS.has(kind))
      .map((kind) => `${statements[kind] ?? 0} ${kind}`)
      .join(", "),
  );
  console.log(
    `statements a table, ${name}: ${digits(sum)} (${parts}) (target ${target}); reads: ${reads[0]} for ${FEW} tables, ${reads[1]} for ${MANY}`,
  );
}

const digits = (value: number) => (Number.isInteger(value) ? `${value}` : value.toFixed(2));
