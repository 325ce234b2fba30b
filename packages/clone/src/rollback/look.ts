import type { SecurableName } from "@clone-xs/sql";
import type { Catalog, ObjectName, Routine, Schema, Statement, Table, Volume } from "@clone-xs/unity";
import {
  type DirectGrant,
  type GovernanceRead,
  type Inventory,
  localKey,
  type TagAssignment,
} from "../inspect/inventory.ts";
import type { Before } from "./undo-record.ts";

/** The target at one time, by names. */
export interface Look {
  readonly catalog: Catalog | undefined;
  schema(name: { readonly schema: string }): Schema | undefined;
  /** A table or view. */
  table(name: Pick<ObjectName, "schema" | "name">): Table | undefined;
  routine(name: Pick<ObjectName, "schema" | "name">): Routine | undefined;
  volume(name: Pick<ObjectName, "schema" | "name">): Volume | undefined;
  owner(target: SecurableName): string | undefined;
  comment(target: SecurableName): string | undefined;
  readonly tags: GovernanceRead<TagAssignment>;
  readonly grants: GovernanceRead<DirectGrant>;
}

/** How the target was before the run. */
export function lookAt(before: Before): Look {
  const schemas = new Map(before.schemas.map((schema) => [schema.schema.toLowerCase(), schema]));
  const tables = byKey(before.tables);
  const routines = byKey(before.routines);
  const volumes = byKey(before.volumes);
  const look: Pick<Look, "catalog" | "schema" | "table" | "routine" | "volume"> = {
    catalog: before.catalog,
    schema: ({ schema }) => schemas.get(schema.toLowerCase()),
    table: (name) => tables.get(localKey(name)),
    volume: (name) => volumes.get(localKey(name)),
    routine: (name) => routines.get(localKey(name)),
  };
  const held = (target: SecurableName) => {
    switch (target.type) {
      case "catalog":
        return look.catalog;
      case "schema":
        return look.schema(target);
      case "function":
        return look.routine(target);
      case "volume":
        return look.volume(target);
      default:
        return look.table(target);
    }
  };
  return {
    ...look,
    owner: (target) => held(target)?.owner,
    comment: (target) => held(target)?.comment,
    tags: before.tags,
    grants: before.grants,
  };
}

/** How the target is; nothing is there when there is none. */
export function lookNow(target: Inventory | undefined): Look {
  const none = { ok: true, rows: [] } as const;
  const schemas = target?.schemas ?? [];
  return lookAt({
    ...(target === undefined ? {} : { catalog: target.catalog }),
    schemas: schemas.map(({ schema }) => schema),
    tables: schemas.flatMap(({ tables }) => tables),
    routines: schemas.flatMap(({ functions }) => functions),
    volumes: schemas.flatMap(({ volumes }) => volumes),
    tags: target?.tags ?? none,
    grants: target?.grants ?? none,
  });
}

export function onlyStatements(statements: readonly (Statement | false)[]): readonly Statement[] {
  return statements.filter((statement) => statement !== false);
}

function byKey<T extends ObjectName>(objects: readonly T[]): ReadonlyMap<string, T> {
  return new Map(objects.map((object) => [localKey(object), object]));
}
