import type { Table } from "@clone-xs/unity";
import { isView } from "../../decide/cloneable.ts";
import { isFromCatalog } from "../../decide/provenance.ts";
import { localKey, type SchemaInventory } from "../../inspect/inventory.ts";
import type { Planning } from "../planning.ts";
import type { Context } from "./context.ts";
import { type Finding, missing } from "./finding.ts";
import type { Governed } from "./governed.ts";
import type { GovernanceOperation } from "./operations.ts";

/** What is found of a container that holds something else too is not done, but said. */
export function unlessStranger(
  object: Governed,
  findings: readonly Finding[],
  { ours, planning }: Context,
): readonly Finding[] {
  if (findings.length === 0 || (object.kind !== "catalog" && object.kind !== "schema")) return findings;
  const stranger = strangerIn(object, ours, planning);
  return stranger === undefined ? findings : leftToItsOwner(findings, stranger);
}

/** The words of the residue for what a change would have brought. */
const WHAT: Readonly<Record<GovernanceOperation["kind"], string>> = {
  set_mask: "mask",
  set_row_filter: "row filter",
  add_constraint: "constraints",
  set_comment: "comment",
  set_properties: "properties",
  set_tags: "tags",
  grant: "grants",
  set_owner: "owner",
};

/** One line for each aspect, with what else stands in the container. */
function leftToItsOwner(findings: readonly Finding[], stranger: string): readonly Finding[] {
  const whats = findings.map((one) => (one.kind === "missing" ? one.what : WHAT[one.operation.kind]));
  const reason = `the target also holds ${stranger}, which is no clone of this source and would be reached; set it there by hand`;
  return [...new Set(whats)].map((what) => missing(what, reason));
}

/**
 * What the target's catalog or schema holds beside clones of this source, by one example: what is granted or tagged on the container
 * reaches that too, so the container is left as its owner made it. `undefined`: nothing else is in it.
 */
function strangerIn(container: Governed, ours: ReadonlySet<string>, planning: Planning): string | undefined {
  const { target, targetSchemas } = planning;
  if (target === undefined) return undefined;
  const schemas =
    container.kind === "schema"
      ? [targetSchemas.get(container.local.toLowerCase()) ?? []].flat()
      : target.schemas;
  const within = schemas.flatMap((schema) => strangersIn(schema, ours, planning)).at(0);
  if (within !== undefined || container.kind === "schema") return within;
  return target.unread.find((schema) => !isFromCatalog(schema, planning.request.sourceCatalog))?.schema;
}

function strangersIn(
  { schema, tables, functions, volumes, failure }: SchemaInventory,
  ours: ReadonlySet<string>,
  { request }: Planning,
): readonly string[] {
  if (failure) return [schema.schema];
  const cloned = (table: Table) =>
    isFromCatalog(table, request.sourceCatalog) ||
    ours.has(`${isView(table) ? "view" : "table"}:${localKey(table)}`);
  const strangers = [
    ...tables.filter((table) => !cloned(table)),
    ...functions.filter((routine) => !ours.has(`function:${localKey(routine)}`)),
    ...volumes.filter((volume) => !ours.has(`volume:${localKey(volume)}`)),
  ];
  return strangers.map(({ name }) => `${schema.schema}.${name}`);
}
