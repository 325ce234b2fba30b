import type { TableConstraint } from "@clone-xs/unity";
import * as fc from "fast-check";
import type { DirectGrant, Inventory, SecurableReference, TagAssignment } from "../src/inspect/inventory.ts";
import { column, inventory, routine, schemaOf, table, view, volume } from "./inventories.ts";

/** Names that break text which is pasted together; Unity Catalog takes them all. */
const NAMES = ["a", "o'neil", "b`tick", 'qu"ote', "dash-ed", "📦", "select", "$x${y}"] as const;
const PRINCIPALS = ["runner", "readers", "account users", "ann@example.com", "o'neil `x`"] as const;
const PRIVILEGES = {
  catalog: ["USE_CATALOG", "SELECT", "ALL_PRIVILEGES", "MANAGE"],
  schema: ["USE_SCHEMA", "SELECT", "MODIFY", "EXECUTE", "READ_VOLUME"],
  table: ["SELECT", "MODIFY", "ALL_PRIVILEGES", "APPLY_TAG"],
  volume: ["READ_VOLUME", "WRITE_VOLUME"],
  function: ["EXECUTE", "MANAGE"],
} as const;

/** What stands around the objects, apart from what they are. */
export interface Governance {
  readonly owners: readonly string[];
  readonly comments: readonly (string | undefined)[];
  readonly properties: readonly Readonly<Record<string, string>>[];
  readonly tags: readonly { readonly place: number; readonly tag: string; readonly value: string }[];
  readonly grants: readonly {
    readonly place: number;
    readonly principal: string;
    readonly privilege: number;
  }[];
  readonly keys: readonly (number | undefined)[];
  /** Groups that the runner belongs to. */
  readonly groups: readonly string[];
}

export const governances: fc.Arbitrary<Governance> = fc.record({
  owners: fc.array(fc.constantFrom(...PRINCIPALS), { minLength: 1, maxLength: 6 }),
  comments: fc.array(fc.option(fc.constantFrom("it's", "`x`", "\\ and \n", "plain"), { nil: undefined }), {
    minLength: 1,
    maxLength: 6,
  }),
  properties: fc.array(fc.dictionary(fc.constantFrom("team", "it's"), fc.constantFrom("1", "`2`")), {
    minLength: 1,
    maxLength: 4,
  }),
  tags: fc.array(
    fc.record({
      place: fc.nat(30),
      tag: fc.constantFrom("tier", "it's"),
      value: fc.constantFrom("", "gold", "`x`"),
    }),
    { maxLength: 12 },
  ),
  grants: fc.array(
    fc.record({ place: fc.nat(30), principal: fc.constantFrom(...PRINCIPALS), privilege: fc.nat(3) }),
    { maxLength: 12 },
  ),
  keys: fc.array(fc.option(fc.nat(10), { nil: undefined }), { minLength: 1, maxLength: 8 }),
  groups: fc.subarray(["readers", "o'neil `x`"]),
});

/** The objects of a catalog: how many there are of each kind in each schema. */
export interface Shape {
  readonly schemas: readonly {
    readonly tables: number;
    readonly views: number;
    readonly functions: number;
    readonly volumes: number;
  }[];
}

export const shapes: fc.Arbitrary<Shape> = fc.record({
  schemas: fc.array(
    fc.record({ tables: fc.nat(4), views: fc.nat(1), functions: fc.nat(1), volumes: fc.nat(1) }),
    { minLength: 1, maxLength: 3 },
  ),
});

/** One catalog, `prod`, of a shape under a governance. The same shape under another is the same catalog later. */
export function governedCatalog({ schemas }: Shape, governance: Governance): Inventory {
  const turn = <T>(items: readonly T[], i: number): T => items[i % items.length] as T;
  const named = schemas.map((shape, i) => ({ ...shape, schema: turn(NAMES, i) }));
  const tables = named.flatMap(({ schema, tables: count }) =>
    Array.from({ length: count }, (_, i) => ({ schema, name: turn(NAMES, i + 1) })),
  );
  let count = 0;
  const around = () => {
    count += 1;
    const comment = turn(governance.comments, count);
    return { owner: turn(governance.owners, count), ...(comment === undefined ? {} : { comment }) };
  };
  const made = named.map((shape) => {
    const { schema } = shape;
    const found = schemaOf(schema, {
      tables: [
        ...tables
          .filter((one) => one.schema === schema)
          .map(({ name }) => {
            const index = tables.findIndex((one) => one.schema === schema && one.name === name);
            return table(schema, name, {
              ...around(),
              columns: [column("id", 0, { nullable: false }), column("o'dd`", 1)],
              properties: turn(governance.properties, index),
              constraints: constraintsOf(index, tables, governance.keys),
            });
          }),
        ...Array.from({ length: shape.views }, () =>
          view(schema, "shown", "SELECT 1 AS id", {
            ...around(),
            properties: turn(governance.properties, count),
          }),
        ),
      ],
      functions: Array.from({ length: shape.functions }, () => routine(schema, "f", "x + 1", around())),
      volumes: Array.from({ length: shape.volumes }, () => volume(schema, "v", around())),
    });
    return {
      ...found,
      schema: { ...found.schema, ...around(), properties: turn(governance.properties, count) },
    };
  });
  const places = placesOf(made);
  const tags = unique(
    governance.tags.map(
      ({ place, tag, value }): TagAssignment => ({
        ...turn(places.tagged, place),
        tag,
        value,
      }),
    ),
    ({ level, schema, name, column: part, tag }) => [level, schema, name, part, tag],
  );
  const grants = unique(
    governance.grants.map(({ place, principal, privilege }): DirectGrant => {
      const reference = turn(places.granted, place);
      const { level } = reference;
      const known = PRIVILEGES[level === "column" ? "table" : level];
      return { ...reference, principal, privilege: turn(known, privilege) };
    }),
    (row) => row,
  );
  return inventory(made, {
    catalog: { name: "prod", catalogType: "MANAGED_CATALOG", properties: {}, ...around() },
    groups: { ok: true, rows: governance.groups },
    tags: { ok: true, rows: tags },
    grants: { ok: true, rows: grants },
  });
}

/** A primary key each, and a foreign key to another table where the governance says so. */
function constraintsOf(
  index: number,
  tables: readonly { readonly schema: string; readonly name: string }[],
  keys: Governance["keys"],
): readonly TableConstraint[] {
  const to = keys[index % keys.length];
  if (to === undefined) return [];
  const own: TableConstraint = {
    kind: "primary_key",
    name: `pk ${index}`,
    columns: ["id"],
    rely: to % 2 === 0,
  };
  const parent = tables[to % tables.length];
  const hasKey = keys[(to % tables.length) % keys.length] !== undefined;
  if (parent === undefined || !hasKey) return [own];
  return [
    own,
    {
      kind: "foreign_key",
      name: `fk ${index}`,
      columns: ["o'dd`"],
      parentTable: `prod.${parent.schema}.${parent.name}`,
      parentColumns: ["id"],
      rely: false,
    },
  ];
}

function placesOf(schemas: Inventory["schemas"]) {
  const granted = schemas.flatMap(
    ({ schema: { schema }, tables, functions, volumes }): SecurableReference[] => [
      { level: "schema", schema },
      ...tables.map(({ name }) => ({ level: "table", schema, name }) as const),
      ...functions.map(({ name }) => ({ level: "function", schema, name }) as const),
      ...volumes.map(({ name }) => ({ level: "volume", schema, name }) as const),
    ],
  );
  const columns = schemas.flatMap(({ tables }) =>
    tables.flatMap(({ schema, name, columns: all }) =>
      all.map((one): SecurableReference => ({ level: "column", schema, name, column: one.name })),
    ),
  );
  const catalog: SecurableReference = { level: "catalog" };
  return {
    granted: [catalog, ...granted],
    tagged: [catalog, ...granted.filter(({ level }) => level !== "function"), ...columns],
  };
}

function unique<Row>(rows: readonly Row[], key: (row: Row) => unknown): readonly Row[] {
  return [...new Map(rows.map((row) => [JSON.stringify(key(row)), row])).values()];
}
