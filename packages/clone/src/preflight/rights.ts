import { grant, id, type SecurableName, sql } from "@clone-xs/sql";
import type { Ends } from "../inspect/ends.ts";
import type { DirectGrant, Inventory, SchemaInventory } from "../inspect/inventory.ts";
import type { ClonePlan, Step } from "../plan/plan.ts";
import type { Check } from "./document.ts";

/** Who asks, and under which names grants and ownership reach them. */
export interface Asker {
  readonly userName: string;
  readonly groups: ReadonlySet<string>;
  /** Workspace admins manage everything, and read no data by that. */
  readonly isAdmin: boolean;
}

/** The same one twice, where both ends are one workspace. */
export interface Askers {
  readonly source: Asker;
  readonly target: Asker;
}

/** A privilege that the plan needs on a securable. */
interface Need {
  readonly privilege: string;
  readonly on: SecurableName;
  readonly owner: string | undefined;
  readonly why: string;
}

const EVERYBODY = "account users";

/** Privileges that ALL PRIVILEGES does not contain. Source: Unity Catalog privileges reference, "ALL PRIVILEGES". */
const NOT_IN_ALL = new Set(["MANAGE", "EXTERNAL_USE_SCHEMA", "EXTERNAL_USE_LOCATION"]);

/**
 * What the plan needs at both ends and the asker does not have, each with the GRANT that would give it; one passing check where nothing is
 * missing. Grants and owners of the inventories tell; where they could not be read the check says so. Pure.
 */
export function checkRights({ source, target }: Ends, plan: ClonePlan, askers: Askers): readonly Check[] {
  const atSource = [
    ...missingAt(source, sourceNeeds(source, plan), askers.source),
    ...partialView(source, askers.source),
  ];
  const atTarget =
    target === undefined
      ? newCatalog(plan, askers.target)
      : missingAt(target, targetNeeds(target, plan), askers.target);
  return [...atSource, ...atTarget];
}

/** Who may not read the whole catalog may not even see all of it. */
function partialView({ catalog, grants }: Inventory, asker: Asker): readonly Check[] {
  const on: SecurableName = { type: "catalog", catalog: catalog.name };
  const whole = ["USE_SCHEMA", "SELECT"].every((privilege) =>
    holds({ privilege, on, owner: catalog.owner, why: "" }, grants.ok ? grants.rows : [], asker),
  );
  if (whole || asker.isAdmin) return [];
  return [
    {
      check: "rights",
      state: "warn",
      object: catalog.name,
      message: `What ${asker.userName} may not see there is neither cloned nor counted here`,
      grant: grant(["USE_CATALOG", "USE_SCHEMA", "SELECT"], on, asker.userName).text,
    },
  ];
}

function missingAt(inventory: Inventory, needs: readonly Need[], asker: Asker): readonly Check[] {
  const { catalog, grants } = inventory;
  if (!grants.ok)
    return [
      {
        check: "rights",
        state: "unknown",
        object: catalog.name,
        message: `The grants could not be read, so rights are not checked: ${grants.failure.message}`,
      },
    ];
  const missing = distinct(needs.filter((need) => !holds(need, grants.rows, asker)));
  if (missing.length === 0) {
    const message = `${asker.userName} has the ${needs.length} rights that the clone needs there`;
    return [{ check: "rights", state: "pass", object: catalog.name, message }];
  }
  return together(missing, needs).map(({ privilege, on, why }) => ({
    check: "rights",
    state: "block",
    object: nameOf(on),
    message: `${asker.userName} lacks ${privilege.replaceAll("_", " ")}, needed ${why}`,
    grant: grant([privilege], on, asker.userName).text,
  }));
}

/** One of those that ask for the same. */
function distinct(needs: readonly Need[]): readonly Need[] {
  const key = ({ privilege, on }: Need) => `${privilege} ${on.type} ${nameOf(on)}`.toLowerCase();
  return [...new Map(needs.toReversed().map((need) => [key(need), need])).values()].toReversed();
}

/** Where SELECT is missing on every table that is needed of a schema, one GRANT on the schema is easier to give than one for each. */
function together(missing: readonly Need[], needs: readonly Need[]): readonly Need[] {
  const selectsIn = (some: readonly Need[], schema: string) =>
    some.filter((need) => need.privilege === "SELECT" && schemaOf(need) === schema);
  const whole = new Set(
    missing.map(schemaOf).filter((schema) => {
      const count = selectsIn(missing, schema).length;
      return count > 1 && count === selectsIn(needs, schema).length;
    }),
  );
  const inWhole = (need: Need) => need.privilege === "SELECT" && whole.has(schemaOf(need));
  const firsts = missing.filter(
    (need, i) => missing.findIndex((one) => inWhole(one) && schemaOf(one) === schemaOf(need)) === i,
  );
  return [
    ...missing.filter((need) => !inWhole(need)),
    ...firsts.map(({ privilege, on, owner }): Need => {
      const schema = on.type === "table" ? on.schema : "";
      return {
        privilege,
        on: { type: "schema", catalog: on.catalog, schema },
        owner,
        why: "to clone its tables",
      };
    }),
  ];
}

function schemaOf({ on }: Need): string {
  return on.type === "catalog" ? "" : on.schema.toLowerCase();
}

/** Owned, or granted there or above, to the asker or a group of theirs, by name or inside ALL PRIVILEGES. */
function holds({ privilege, on, owner }: Need, grants: readonly DirectGrant[], asker: Asker): boolean {
  const isMe = (principal: string) =>
    principal === asker.userName || principal === EVERYBODY || asker.groups.has(principal);
  if (owner !== undefined && isMe(owner)) return true;
  if (privilege === "MANAGE" && asker.isAdmin) return true;
  return grants.some(
    (held) =>
      isMe(held.principal) &&
      (held.privilege === privilege || (held.privilege === "ALL_PRIVILEGES" && !NOT_IN_ALL.has(privilege))) &&
      reaches(held, on),
  );
}

function reaches(held: DirectGrant, on: SecurableName): boolean {
  if (held.level === "catalog") return true;
  if (on.type === "catalog" || !same(held.schema, on.schema)) return false;
  return (
    held.level === "schema" || (on.type !== "schema" && held.level === on.type && same(held.name, on.name))
  );
}

function sourceNeeds({ catalog, schemas }: Inventory, { steps }: ClonePlan): readonly Need[] {
  const read = (schema: SchemaInventory): readonly Need[] => {
    const names = new Set(steps.flatMap((step) => readBy(step, schema)));
    if (names.size === 0) return [];
    const tables = schema.tables.filter(({ name }) => names.has(name));
    return [
      {
        privilege: "USE_SCHEMA",
        on: { type: "schema", catalog: catalog.name, schema: schema.schema.schema },
        owner: schema.schema.owner,
        why: "to read its tables",
      },
      ...tables.map(
        (table): Need => ({
          privilege: "SELECT",
          on: { type: "table", catalog: table.catalog, schema: table.schema, name: table.name },
          owner: table.owner,
          why: "to clone it",
        }),
      ),
    ];
  };
  return [
    {
      privilege: "USE_CATALOG",
      on: { type: "catalog", catalog: catalog.name },
      owner: catalog.owner,
      why: "to read anything in it",
    },
    ...schemas.flatMap(read),
  ];
}

/** Names of the tables of a schema that a step reads. */
function readBy({ operation }: Step, { schema }: SchemaInventory): readonly string[] {
  if (operation.kind !== "clone_table" || !same(operation.source.schema, schema.schema)) return [];
  return [operation.source.name];
}

function targetNeeds(inventory: Inventory, { steps }: ClonePlan): readonly Need[] {
  const { catalog, schemas } = inventory;
  if (steps.length === 0) return [];
  const makesSchema = steps.some(({ operation }) => operation.kind === "create_schema");
  const onCatalog = (privilege: string, why: string): Need => ({
    privilege,
    on: { type: "catalog", catalog: catalog.name },
    owner: catalog.owner,
    why,
  });
  return [
    onCatalog("USE_CATALOG", "to write anything in it"),
    ...(makesSchema ? [onCatalog("CREATE_SCHEMA", "to make schemas in it")] : []),
    ...schemas.flatMap((schema) => inSchema(schema, catalog.name, steps)),
    ...steps.flatMap((step) => toGovern(step, inventory)),
  ];
}

const GOVERNS: Readonly<Record<string, string>> = {
  grant: "MANAGE",
  set_owner: "MANAGE",
  set_tags: "APPLY_TAG",
};

/** What changing grants, owner or tags needs where the securable is there already: whoever makes one owns it. */
function toGovern({ operation }: Step, { catalog, schemas }: Inventory): readonly Need[] {
  if (operation.kind !== "grant" && operation.kind !== "set_owner" && operation.kind !== "set_tags")
    return [];
  const { target } = operation;
  const privilege = GOVERNS[operation.kind] ?? "MANAGE";
  const why = `to ${operation.kind.replace("_", " ")}${operation.kind === "grant" ? " privileges" : ""} on it as on the source`;
  if (target.type === "catalog")
    return [{ privilege, on: { type: "catalog", catalog: catalog.name }, owner: catalog.owner, why }];
  const schema = schemas.find((one) => same(one.schema.schema, target.schema));
  if (schema === undefined) return [];
  if (target.type === "schema") {
    const on: SecurableName = { type: "schema", catalog: catalog.name, schema: target.schema };
    return [{ privilege, on, owner: schema.schema.owner, why }];
  }
  const table = schema.tables.find(({ name }) => same(name, target.name));
  if (table === undefined) return [];
  const { name } = table;
  return [
    {
      privilege,
      on: { type: "table", catalog: catalog.name, schema: table.schema, name },
      owner: table.owner,
      why,
    },
  ];
}

const MAKES: Readonly<Record<string, string>> = {
  clone_table: "CREATE_TABLE",
  create_view: "CREATE_TABLE",
  create_function: "CREATE_FUNCTION",
  create_volume: "CREATE_VOLUME",
};

function inSchema(
  { schema, tables }: SchemaInventory,
  catalog: string,
  steps: readonly Step[],
): readonly Need[] {
  const prefix = `${catalog}.${schema.schema}.`.toLowerCase();
  const here = steps.filter(({ object }) => object.toLowerCase().startsWith(prefix));
  if (here.length === 0) return [];
  const privileges = new Set(here.flatMap(({ operation }) => MAKES[operation.kind] ?? []));
  const on: SecurableName = { type: "schema", catalog, schema: schema.schema };
  const objects = new Set(
    here.filter(({ kind }) => kind === "table" || kind === "view").map(({ object }) => object.toLowerCase()),
  );
  return [
    { privilege: "USE_SCHEMA", on, owner: schema.owner, why: "to write anything in it" },
    ...[...privileges].map(
      (privilege): Need => ({ privilege, on, owner: schema.owner, why: "to make copies in it" }),
    ),
    ...tables
      .filter(({ name }) => objects.has(`${prefix}${name}`.toLowerCase()))
      .map(
        (table): Need => ({
          privilege: "MANAGE",
          on: { type: "table", catalog, schema: table.schema, name: table.name },
          owner: table.owner,
          why: "to replace it",
        }),
      ),
  ];
}

/** Grants on the metastore cannot be read by everybody: the run will show. */
function newCatalog({ destinationCatalog }: ClonePlan, { userName, isAdmin }: Asker): readonly Check[] {
  if (isAdmin) {
    const message = `${userName} is an admin and can make the catalog`;
    return [{ check: "rights", state: "pass", object: destinationCatalog, message }];
  }
  return [
    {
      check: "rights",
      state: "unknown",
      object: destinationCatalog,
      message: `${userName} sees no such catalog. Making one needs CREATE CATALOG on the metastore, which cannot be looked up; if it exists, ${userName} lacks rights on it`,
      grant: sql`GRANT CREATE CATALOG ON METASTORE TO ${id(userName)}`.text,
    },
  ];
}

function nameOf(on: SecurableName): string {
  if (on.type === "catalog") return on.catalog;
  return on.type === "schema" ? `${on.catalog}.${on.schema}` : `${on.catalog}.${on.schema}.${on.name}`;
}

function same(a: string | undefined, b: string | undefined): boolean {
  return (a ?? "").toLowerCase() === (b ?? "").toLowerCase();
}
