import {
  addForeignKey,
  addPrimaryKey,
  commentOn,
  grant,
  setMask,
  setOwner,
  setRowFilter,
  setSchemaProperties,
  setTableProperties,
  setTags,
} from "@clone-xs/sql";
import {
  type ObjectName,
  type Statement,
  type Table,
  type TableConstraint,
  WorkspaceError,
} from "@clone-xs/unity";
import { sameConstraint } from "../plan/governance/constraints.ts";
import { nameOf } from "../plan/governance/names.ts";
import type {
  AddConstraintOperation,
  GovernanceOperation,
  SetMaskOperation,
  SetRowFilterOperation,
} from "../plan/governance/operations.ts";
import type { Step } from "../plan/plan.ts";
import { ensure, type Performed, type PerformPorts, sendOnce } from "./sending.ts";

type Performer<Kind extends GovernanceOperation["kind"]> = (
  operation: Extract<GovernanceOperation, { kind: Kind }>,
  step: Step,
  ports: PerformPorts,
) => Promise<Performed>;

/** One statement each. What was planned only in case it is lost is looked for first. */
export const GOVERNANCE_PERFORMERS: {
  readonly [Kind in GovernanceOperation["kind"]]: Performer<Kind>;
} = {
  set_mask: async (operation, _, ports) => {
    if (operation.ifLost && (await standing(operation.target, ports, (table) => hasMask(table, operation))))
      return {};
    const { target: table, column, function: mask, usingColumns } = operation;
    return ensure(setMask({ table, column, function: mask, usingColumns }), ports);
  },

  set_row_filter: async (operation, _, ports) => {
    if (operation.ifLost && (await standing(operation.target, ports, (table) => hasFilter(table, operation))))
      return {};
    const { target: table, function: filter, columns } = operation;
    return ensure(setRowFilter({ table, function: filter, columns }), ports);
  },

  add_constraint: async (operation, _, ports) => {
    const there = () => standing(operation.target, ports, (table) => hasConstraint(table, operation));
    if (operation.ifLost && (await there())) return {};
    await sendOnce(constraintStatement(operation), there, ports);
    return {};
  },

  set_comment: ({ target, comment }, _, ports) => ensure(commentOn(target, comment), ports),

  set_properties: ({ target, properties }, _, ports) =>
    ensure(
      target.type === "schema"
        ? setSchemaProperties(target, properties)
        : setTableProperties(target, properties, target.type),
      ports,
    ),

  set_tags: ({ target, tags }, _, ports) => ensure(setTags(target, tags), ports),

  grant: ({ target, principal, privileges }, step, ports) =>
    unlessUnknown(principal, { what: "grants", step, ports }, () =>
      ensure(grant(privileges, target, principal), ports),
    ),

  set_owner: ({ target, owner }, step, ports) =>
    unlessUnknown(owner, { what: "owner", step, ports }, () => ensure(setOwner(target, owner), ports)),
};

async function standing(
  name: ObjectName,
  { target }: PerformPorts,
  has: (table: Table) => boolean,
): Promise<boolean> {
  const table = await target.unity.table(name);
  return table !== undefined && has(table);
}

function hasMask({ columns }: Table, { column, function: wanted, usingColumns }: SetMaskOperation): boolean {
  const mask = columns.find(({ name }) => sameText(name, column))?.mask;
  return (
    mask !== undefined &&
    isFunction(mask.functionName, wanted) &&
    sameText(mask.usingColumns.join(), usingColumns.join())
  );
}

function hasFilter({ rowFilter }: Table, { function: wanted, columns }: SetRowFilterOperation): boolean {
  return (
    rowFilter !== undefined &&
    isFunction(rowFilter.functionName, wanted) &&
    sameText(rowFilter.inputColumns.join(), columns.join())
  );
}

function hasConstraint({ constraints }: Table, { constraint }: AddConstraintOperation): boolean {
  return constraints.some((one) => sameConstraint(one, constraint));
}

function constraintStatement({ target, constraint }: AddConstraintOperation): Statement {
  if (constraint.kind === "primary_key") return addPrimaryKey(target, constraint);
  return addForeignKey(target, { ...constraint, parent: parentOf(constraint) });
}

function parentOf({ parentTable }: Extract<TableConstraint, { kind: "foreign_key" }>): ObjectName {
  const parent = nameOf(parentTable);
  if (parent === undefined) throw new TypeError(`${parentTable} is no name of a table.`);
  return parent;
}

interface Attempt {
  readonly what: string;
  readonly step: Step;
  readonly ports: PerformPorts;
}

/** A principal whom the target does not know is residue: the object is there, and no repetition would help. */
async function unlessUnknown(
  principal: string,
  { what, step, ports }: Attempt,
  send: () => Promise<Performed>,
): Promise<Performed> {
  try {
    return await send();
  } catch (error) {
    if (!isUnknownPrincipal(error)) throw error;
    const reason = `${principal} does not exist on the target; create the principal there and run again, or take it off the source`;
    ports.warn(`${step.object}: ${what}: ${reason}`);
    return { residue: [{ object: localOf(step), what, reason }] };
  }
}

/** Source: error class of GRANT and ALTER … OWNER TO for a name that no user, group or service principal has. */
function isUnknownPrincipal(error: unknown): boolean {
  if (!(error instanceof WorkspaceError)) return false;
  return (
    error.errorClass === "PRINCIPAL_DOES_NOT_EXIST" || error.message.includes("PRINCIPAL_DOES_NOT_EXIST")
  );
}

/** The object as the source calls it; a catalog by its own name. */
function localOf({ object }: Step): string {
  return object.includes(".") ? object.slice(object.indexOf(".") + 1) : object;
}

function isFunction(fullName: string, { catalog, schema, name }: ObjectName): boolean {
  return sameText(fullName, `${catalog}.${schema}.${name}`);
}

function sameText(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
