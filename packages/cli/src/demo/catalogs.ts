import { commentOn, createCatalog, createSchema, createVolume, grant, setTags } from "@clone-xs/sql";
import type { Statement } from "@clone-xs/unity";
import { bronze } from "./data/bronze.ts";
import { functions, views } from "./data/derived.ts";
import { gold } from "./data/gold.ts";
import { people } from "./data/people.ts";
import { landingFiles } from "./data/landing.ts";
import { secureGrants, secureStatements, secureTables } from "./data/secure.ts";
import { trade } from "./data/trade.ts";
import { typesZoo } from "./data/types-zoo.ts";
import { tableStatements, withCatalog } from "./statements.ts";
import type { DemoSize, DemoTable } from "./table.ts";

/** A whole catalog of demo data: what makes it, in order, and the files that go into its volumes. */
export interface DemoCatalog {
  readonly name: string;
  readonly comment: string;
  readonly statements: (size: DemoSize) => readonly Statement[];
  readonly tables: readonly DemoTable[];
  readonly files: readonly DemoFile[];
}

interface DemoFile {
  readonly schema: string;
  readonly volume: string;
  /** Inside the volume. */
  readonly path: string;
  readonly text: string;
}

/** Tables of `demo_quick`, parents of foreign keys before their children. */
const quickTables: readonly DemoTable[] = [...bronze, ...people, ...trade, typesZoo, ...gold];

export const demoQuick: DemoCatalog = {
  name: "demo_quick",
  comment: "A small shop in three layers, to try things on",
  tables: quickTables,
  files: landingFiles,
  statements: (size) => [
    ...layers("demo_quick"),
    ...quickTables.flatMap((table) => tableStatements("demo_quick", table, size)),
    ...functions.map((text) => withCatalog(text, "demo_quick", "create")),
    ...views.map((text) => withCatalog(text, "demo_quick", "create")),
    setTags({ type: "schema", catalog: "demo_quick", schema: "gold" }, { quality: "certified" }),
    ...quickGrants("demo_quick"),
  ],
};

/** What cannot be cloned, shared or time-travelled as it is: a masked column and filtered rows. */
export const demoSecure: DemoCatalog = {
  name: "demo_secure",
  comment: "Personnel data behind a column mask and a row filter",
  tables: secureTables,
  files: [],
  statements: (size) => [
    createCatalog({ catalog: "demo_secure", comment: UNFINISHED }),
    createSchema({ catalog: "demo_secure", schema: "hr", comment: "Human resources" }),
    ...secureTables.flatMap((table) => tableStatements("demo_secure", table, size)),
    ...secureStatements.map(({ text, kind }) => withCatalog(text, "demo_secure", kind)),
    ...secureGrants("demo_secure"),
  ],
};

function layers(catalog: string): readonly Statement[] {
  return [
    createCatalog({ catalog, comment: UNFINISHED }),
    createSchema({ catalog, schema: "bronze", comment: "As it arrives" }),
    createSchema({ catalog, schema: "silver", comment: "Cleaned and keyed" }),
    createSchema({ catalog, schema: "gold", comment: "Ready for reports" }),
    createVolume({ catalog, schema: "bronze", name: "landing", comment: "Files before they are loaded" }),
  ];
}

/** `writer` may write by every way there is, each on different objects; `reader` may only read. */
function quickGrants(catalog: string): readonly Statement[] {
  const whole = { type: "catalog", catalog } as const;
  const schema = (name: string) => ({ type: "schema", catalog, schema: name }) as const;
  const table = (inSchema: string, name: string) =>
    ({ type: "table", catalog, schema: inSchema, name }) as const;
  return [
    grant(["USE_CATALOG", "USE_SCHEMA", "SELECT"], whole, "reader"),
    grant(["USE_CATALOG", "USE_SCHEMA"], whole, "writer"),
    grant(["SELECT", "MODIFY"], table("bronze", "events"), "writer"),
    grant(["SELECT", "MODIFY"], schema("silver"), "writer"),
    grant(["ALL_PRIVILEGES"], table("bronze", "web_events"), "writer"),
    grant(["SELECT", "MODIFY"], table("bronze", "orders_raw"), "etl_team"),
    grant(["SELECT", "MODIFY"], whole, "etl_team"),
  ];
}

/** Last of all: until a catalog says this, its data is not complete. */
export function completed(catalog: DemoCatalog): Statement {
  return commentOn({ type: "catalog", catalog: catalog.name }, `${COMPLETE}${catalog.comment}`);
}

const UNFINISHED = "Clone-Xs demo data: being written";
const COMPLETE = "Clone-Xs demo data. ";

/** What a catalog of that name and comment is: ours and complete, ours and cut short, or somebody else's. */
export function demoState(comment: string | undefined): "complete" | "unfinished" | "foreign" {
  if (comment === UNFINISHED) return "unfinished";
  return comment?.startsWith(COMPLETE) === true ? "complete" : "foreign";
}
