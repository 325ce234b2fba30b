import {
  type EffectivePrivilege,
  fullName,
  type ObjectName,
  type SchemaName,
  type SecurableType,
} from "@clone-xs/unity";
import type { Grantable, Metastore, PrincipalRecord } from "../metastore/metastore.ts";
import { APPLICABLE } from "./applicable.ts";
import { namesOf } from "./principals.ts";

/** A securable by type and name; the metastore has no name. */
export type Target =
  | { readonly type: "metastore" }
  | { readonly type: "catalog"; readonly name: string }
  | { readonly type: "schema"; readonly name: SchemaName }
  | { readonly type: "table" | "function" | "volume"; readonly name: ObjectName };

/** What authorization reads. */
export interface Viewer {
  readonly metastore: Metastore;
  readonly principal: PrincipalRecord;
}

/** Privileges that ALL PRIVILEGES does not contain. Source: Unity Catalog privileges reference, "ALL PRIVILEGES". */
const NOT_IN_ALL = new Set(["MANAGE", "EXTERNAL_USE_SCHEMA", "EXTERNAL_USE_LOCATION"]);

/**
 * Whether a principal holds a privilege (REST spelling, `USE_CATALOG`) on a securable: granted there or on an ancestor, to itself or one
 * of its groups, by name or inside ALL PRIVILEGES; or because it owns the securable. Owning a parent gives no data access to
 * children. Workspace admins are metastore admins here: they create catalogs and manage everything, without data access.
 */
export function holds(viewer: Viewer, privilege: string, target: Target): boolean {
  if (owns(viewer, target)) return true;
  if (target.type === "metastore" && viewer.principal.admin) return true;
  return granted(viewer, target, (privileges) => contains(privileges, privilege));
}

/**
 * Whether the principal owns a securable or was granted anything that acts on it, there or above: SELECT on a schema does on its
 * tables, USE SCHEMA and CREATE TABLE do not.
 */
export function holdsAny(viewer: Viewer, target: Target): boolean {
  const acts = (privilege: string) => APPLICABLE[target.type].has(privilege);
  return owns(viewer, target) || granted(viewer, target, (privileges) => privileges.some(acts));
}

function granted(
  { metastore, principal }: Viewer,
  target: Target,
  enough: (privileges: readonly string[]) => boolean,
): boolean {
  const names = namesOf(principal);
  return lineage(metastore, target).some(({ type, fullName }) =>
    metastore.grants(type, fullName).some((grant) => names.has(grant.principal) && enough(grant.privileges)),
  );
}

function contains(privileges: readonly string[], privilege: string): boolean {
  return (
    privileges.includes(privilege) || (!NOT_IN_ALL.has(privilege) && privileges.includes("ALL_PRIVILEGES"))
  );
}

/** Whether the principal, or a group of it, owns exactly this securable. */
export function owns({ metastore, principal }: Viewer, target: Target): boolean {
  const owner = recordOf(metastore, target)?.owner;
  return owner !== undefined && namesOf(principal).has(owner);
}

/**
 * Whether the principal may change, drop and grant on a securable: its owner, the owner of an ancestor, a holder of MANAGE there or
 * above, or a metastore admin.
 */
export function manages(viewer: Viewer, target: Target): boolean {
  if (viewer.principal.admin) return true;
  return holds(viewer, "MANAGE", target) || ancestors(target).some((ancestor) => owns(viewer, ancestor));
}

/** Every privilege of every principal on a securable, each with the ancestor it comes from. ALL PRIVILEGES is listed as such. */
export function effectivePrivileges(
  metastore: Metastore,
  target: Exclude<Target, { type: "metastore" }>,
): readonly EffectivePrivilege[] {
  return lineage(metastore, target).flatMap(({ type, fullName }, index) =>
    type === "metastore"
      ? []
      : metastore.grants(type, fullName).flatMap(({ principal, privileges }) =>
          privileges.map((privilege) => ({
            principal,
            privilege,
            ...(index === 0 ? {} : { inheritedFrom: { type, name: fullName } }),
          })),
        ),
  );
}

/** The securable itself and what it inherits from, nearest first. Grants on the metastore are not inherited. */
function lineage(
  metastore: Metastore,
  target: Target,
): readonly { readonly type: Grantable; readonly fullName: string }[] {
  if (target.type === "metastore") return [{ type: "metastore", fullName: metastore.id }];
  return [target, ...ancestors(target)].flatMap((place) =>
    place.type === "metastore" ? [] : [{ type: place.type, fullName: nameOf(place) }],
  );
}

function ancestors(target: Target): readonly Target[] {
  if (target.type === "metastore" || target.type === "catalog") return [];
  const { catalog, schema } = target.name;
  const top: Target = { type: "catalog", name: catalog };
  return target.type === "schema" ? [top] : [{ type: "schema", name: { catalog, schema } }, top];
}

/** `c.s.t` of a target; empty for the metastore. */
export function nameOf(target: Target): string {
  if (target.type === "metastore") return "";
  return target.type === "catalog" ? target.name : fullName(target.name);
}

/** Target of a REST path's type and full name, or `undefined` when the name has the wrong number of parts. */
export function targetOf(
  type: SecurableType,
  fullName: string,
): Exclude<Target, { type: "metastore" }> | undefined {
  const [catalog, schema, name, ...rest] = fullName.split(".");
  if (catalog === undefined || rest.length > 0) return undefined;
  if (type === "catalog") return schema === undefined ? { type, name: catalog } : undefined;
  if (schema === undefined) return undefined;
  if (type === "schema") return name === undefined ? { type, name: { catalog, schema } } : undefined;
  return name === undefined ? undefined : { type, name: { catalog, schema, name } };
}

function recordOf(metastore: Metastore, target: Target): { readonly owner: string } | undefined {
  if (target.type === "metastore") return undefined;
  if (target.type === "catalog") return metastore.catalog(target.name);
  return target.type === "schema" ? metastore.schema(target.name) : metastore[target.type](target.name);
}
