import type { SecurableName } from "@clone-xs/sql";
import type { Privilege } from "@clone-xs/unity";
import type { DirectGrant, SecurableReference } from "../../inspect/inventory.ts";
import type { GrantLevel } from "./privileges.ts";

/** A securable of the source catalog that grants can stand on. Parts below the level are absent. */
export type Place = Pick<SecurableReference, "schema" | "name"> & { readonly level: GrantLevel };

/** What one principal holds directly on one securable. */
export interface Holding extends Place {
  readonly principal: string;
  readonly privileges: readonly Privilege[];
}

/** Rows of single privileges, put together by securable and principal, in the order of their first rows. */
export function holdingsOf(grants: readonly DirectGrant[]): readonly Holding[] {
  const found = new Map<string, Holding & { readonly privileges: Privilege[] }>();
  for (const { level, schema, name, principal, privilege } of grants) {
    if (level === "column") continue;
    const place: Place = { level, ...(schema ? { schema } : {}), ...(name ? { name } : {}) };
    const key = pairKey({ ...place, principal });
    const holding = found.get(key);
    if (holding === undefined) found.set(key, { ...place, principal, privileges: [privilege] });
    else if (!holding.privileges.includes(privilege)) holding.privileges.push(privilege);
  }
  return [...found.values()];
}

/** Securable and principal as one text. Names of securables are compared without their case, those of principals with it. */
export function pairKey(pair: Place & { readonly principal: string }): string {
  return JSON.stringify([placeKey(pair), pair.principal]);
}

export function placeKey({ level, schema = "", name = "" }: Place): string {
  return JSON.stringify([level, schema.toLowerCase(), name.toLowerCase()]);
}

/** The securable as statements name it. */
export function securableOf(catalog: string, { level, schema = "", name = "" }: Place): SecurableName {
  if (level === "catalog") return { type: level, catalog };
  return level === "schema" ? { type: level, catalog, schema } : { type: level, catalog, schema, name };
}

/** `table c.s.t`, as log lines name it. */
export function placeText(catalog: string, { level, schema, name }: Place): string {
  return `${level} ${[catalog, schema, name].filter((part) => part !== undefined).join(".")}`;
}
