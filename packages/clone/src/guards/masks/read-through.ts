import type { Table, Workspace } from "@clone-xs/unity";
import { fullName } from "@clone-xs/unity";
import { inParallel } from "../../inspect/in-parallel.ts";
import type { LiftedTable } from "../journal.ts";
import type { Exposed } from "./plan-masks.ts";

/** Ways to the rows of tables that no grant on them decides. */
export interface ReadThrough {
  /** Views of the runner in the same catalog, which read with the runner's rights: to be withheld as the tables are. */
  readonly views: Exposed;
  /** Sentences about what cannot be withheld: nothing may be lifted while there is one. */
  readonly open: readonly string[];
}

const PARALLEL = 10;

/**
 * Looks for whatever reads tables with the runner's rights: views and functions, by the names in their texts, through any number of them.
 * What is not readable as text counts as reading everything. Those of others lose their owner's SELECT with the tables.
 * `withheld`: a catalog whose readers are stopped already.
 */
export async function findReadThrough(
  catalog: string,
  tables: readonly LiftedTable[],
  { unity, identity }: Pick<Workspace, "unity" | "identity">,
  withheld?: string,
): Promise<ReadThrough> {
  const runner = identity.userName;
  const places = await inParallel(await own(unity, withheld), PARALLEL, async (name) =>
    (await unity.schemas(name)).filter(({ schema }) => schema.toLowerCase() !== "information_schema"),
  );
  const found = await inParallel(places.flat(), PARALLEL, async ({ catalog: inside, schema }) => {
    const [listed, functions] = await Promise.all([
      unity.tables(inside, schema),
      unity.functions(inside, schema),
    ]);
    return [
      ...listed
        .filter(readsOthers)
        .map((table) => ({ ...named(table), kind: "view" as const, text: table.view?.text })),
      ...functions.map((routine) => ({
        ...named(routine),
        kind: "function" as const,
        text: routine.definition,
      })),
    ].filter(({ owner }) => owner === runner);
  });
  const all = found.flat();
  const reading = new Set<(typeof all)[number]>();
  let names = tables.map(({ name }) => name);
  for (;;) {
    const more = all.filter((each) => !reading.has(each) && mentions(each.text, names));
    if (more.length === 0) break;
    for (const each of more) reading.add(each);
    names = more.map(({ name }) => name);
  }
  const here = ({ kind, catalog: inside }: (typeof all)[number]) =>
    kind === "view" && inside.toLowerCase() === catalog.toLowerCase();
  return {
    views: [...reading].filter(here),
    open: [...reading]
      .filter((each) => !here(each))
      .map((each) => `the readers of ${each.kind} ${fullName(each)}, which is ${runner}'s`),
  };
}

/** Catalogs that can hold something over the tables of another. */
async function own(unity: Workspace["unity"], withheld = ""): Promise<readonly string[]> {
  const catalogs = await unity.catalogs();
  return catalogs
    .filter(
      ({ share, name }) =>
        share === undefined && !["system", "samples", withheld.toLowerCase()].includes(name.toLowerCase()),
    )
    .map(({ name }) => name);
}

function named({ catalog, schema, name, owner }: Pick<Table, "catalog" | "schema" | "name" | "owner">) {
  return { catalog, schema, name, owner };
}

function readsOthers({ tableType }: Table): boolean {
  return tableType.endsWith("VIEW") || tableType === "STREAMING_TABLE";
}

/** Errs on the side of yes. */
function mentions(text: string | undefined, names: readonly string[]): boolean {
  if (text === undefined || /\bidentifier\s*\(/iu.test(text)) return true;
  const whole = text.toLowerCase().replaceAll("``", "`");
  return names.some((name) => whole.includes(name.toLowerCase()));
}

/** Shares that hold one of the tables: their recipients would read it. */
export async function sharesWith(
  catalog: string,
  tables: readonly LiftedTable[],
  { sharing }: Pick<Workspace, "sharing">,
): Promise<readonly { readonly share: string; readonly objects: readonly Shared[] }[]> {
  const held = await inParallel(await sharing.shares(), PARALLEL, async ({ name }) => {
    const objects = (await sharing.share(name))?.objects ?? [];
    return { share: name, objects: objects.filter((object) => reaches(object, catalog, tables)) };
  });
  return held.filter(({ objects }) => objects.length > 0);
}

type Shared = NonNullable<Awaited<ReturnType<Workspace["sharing"]["share"]>>>["objects"][number];

function reaches({ type, name }: Shared, catalog: string, tables: readonly LiftedTable[]): boolean {
  const shared = name.toLowerCase();
  return tables.some((table) => {
    const schema = `${catalog}.${table.schema}`.toLowerCase();
    return type === "SCHEMA" ? shared === schema : shared === `${schema}.${table.name}`.toLowerCase();
  });
}
