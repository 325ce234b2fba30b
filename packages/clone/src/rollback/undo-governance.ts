import {
  type ColumnName,
  type Commentable,
  commentOn,
  dropConstraint,
  dropMask,
  dropRowFilter,
  grant,
  revoke,
  type SecurableName,
  setMask,
  setOwner,
  setRowFilter,
  setSchemaProperties,
  setTableProperties,
  setTags,
  unsetSchemaProperties,
  unsetTableProperties,
  unsetTags,
} from "@clone-xs/sql";
import { fullName, type ObjectName, type Statement } from "@clone-xs/unity";
import type { GovernanceRead, SecurableReference } from "../inspect/inventory.ts";
import { sameConstraint } from "../plan/governance/constraints.ts";
import { nameOf } from "../plan/governance/names.ts";
import type { GovernanceOperation, PropertyHolder } from "../plan/governance/operations.ts";
import { securableKey } from "../plan/governance/securable-key.ts";
import { AS_BEFORE, stays, type Undo, undo } from "./undo.ts";
import { type Look, onlyStatements } from "./look.ts";

/**
 * Takes one change of what stands around an object back to how it was before the run. What somebody changed since is theirs and stays,
 * as does what could not be read before.
 */
export function undoGovernance(operation: GovernanceOperation, { before, now }: Looks): Undo {
  switch (operation.kind) {
    case "set_comment":
      return undoComment(operation, before, now);
    case "set_owner": {
      const { target } = operation;
      const [was, is] = [before.owner(target), now.owner(target)];
      if (was === undefined || was === is) return AS_BEFORE;
      return is === operation.owner ? undo("give back the owner", setOwner(target, was)) : changed("owner");
    }
    case "set_properties":
      return undoProperties(operation, before, now);
    case "set_tags":
      return undoTags(operation, before, now);
    case "grant":
      return undoGrant(operation, before, now);
    case "set_mask":
      return undoMask(operation, before, now);
    case "set_row_filter":
      return undoFilter(operation, before, now);
    case "add_constraint": {
      const { target, constraint } = operation;
      const same = ({ constraints = [] }: { readonly constraints?: readonly (typeof constraint)[] } = {}) =>
        constraints.find((other) => sameConstraint(other, constraint));
      const [was, is] = [same(before.table(target)), same(now.table(target))];
      if (was !== undefined || is === undefined) return AS_BEFORE;
      return undo("drop the constraint", dropConstraint(target, is.name, { ifExists: true, cascade: true }));
    }
  }
}

/** The target as it was and as it is. */
export interface Looks {
  readonly before: Look;
  readonly now: Look;
}

function changed(what: string): Undo {
  return stays(`its ${what} was changed since the run`);
}

function undoComment(
  { target, comment }: Extract<GovernanceOperation, { kind: "set_comment" }>,
  before: Look,
  now: Look,
): Undo {
  const [was, is] = [commentOf(target, before), commentOf(target, now)];
  if (was === is) return AS_BEFORE;
  return is === comment ? undo("set the comment back", commentOn(target, was ?? null)) : changed("comment");
}

function commentOf(target: Commentable, look: Look): string | undefined {
  if (target.type === "column")
    return look.table(target)?.columns.find(({ name }) => same(name, target.column))?.comment;
  return look.comment(target);
}

function undoProperties(
  { target, properties }: Extract<GovernanceOperation, { kind: "set_properties" }>,
  before: Look,
  now: Look,
): Undo {
  const [was, is] = [look(before), look(now)];
  const ours = Object.keys(properties).filter((key) => is[key] === properties[key] && was[key] !== is[key]);
  const back = Object.fromEntries(ours.flatMap((key) => (was[key] === undefined ? [] : [[key, was[key]]])));
  const gone = ours.filter((key) => was[key] === undefined);
  return statementsOr(
    "set properties back",
    Object.keys(back).length > 0 && setProperties(target, back),
    gone.length > 0 && unsetProperties(target, gone),
  );

  function look(at: Look): Readonly<Record<string, string>> {
    return target.type === "schema"
      ? (at.schema(target)?.properties ?? {})
      : (at.table(target)?.properties ?? {});
  }
}

function setProperties(target: PropertyHolder, properties: Readonly<Record<string, string>>): Statement {
  return target.type === "schema"
    ? setSchemaProperties(target, properties)
    : setTableProperties(target, properties, target.type);
}

function unsetProperties(target: PropertyHolder, keys: readonly string[]): Statement {
  return target.type === "schema"
    ? unsetSchemaProperties(target, keys)
    : unsetTableProperties(target, keys, target.type);
}

function undoTags(
  { target, tags }: Extract<GovernanceOperation, { kind: "set_tags" }>,
  before: Look,
  now: Look,
): Undo {
  const [was, is] = [tagsOf(target, before.tags), tagsOf(target, now.tags)];
  if (was === undefined || is === undefined) return stays("its tags could not be read");
  const ours = Object.keys(tags).filter((key) => is.get(key) === tags[key] && was.get(key) !== is.get(key));
  const back = Object.fromEntries(ours.flatMap((key) => (was.has(key) ? [[key, was.get(key) ?? ""]] : [])));
  const gone = ours.filter((key) => !was.has(key));
  return statementsOr(
    "set tags back",
    Object.keys(back).length > 0 && setTags(target, back),
    gone.length > 0 && unsetTags(target, gone),
  );
}

function tagsOf(
  target: SecurableName | ColumnName,
  read: Look["tags"],
): ReadonlyMap<string, string> | undefined {
  if (!read.ok) return undefined;
  const key = securableKey(referenceOf(target));
  return new Map(read.rows.filter((row) => securableKey(row) === key).map(({ tag, value }) => [tag, value]));
}

function undoGrant(
  { target, principal, privileges }: Extract<GovernanceOperation, { kind: "grant" }>,
  before: Look,
  now: Look,
): Undo {
  const [was, is] = [held(before.grants), held(now.grants)];
  if (was === undefined || is === undefined) return stays("its grants could not be read");
  const ours = privileges.filter((privilege) => is.has(privilege) && !was.has(privilege));
  // Revoking ALL PRIVILEGES clears every privilege of the principal; those that were there are given back.
  const kept = ours.includes("ALL_PRIVILEGES") ? [...was] : [];
  return statementsOr(
    "revoke",
    ours.length > 0 && revoke(ours, target, principal),
    kept.length > 0 && grant(kept, target, principal),
  );

  function held(read: Look["grants"]): ReadonlySet<string> | undefined {
    return heldBy(principal, target, read);
  }
}

function heldBy(
  principal: string,
  target: SecurableName,
  read: GovernanceRead<SecurableReference & { readonly principal: string; readonly privilege: string }>,
): ReadonlySet<string> | undefined {
  if (!read.ok) return undefined;
  const key = securableKey(referenceOf(target));
  const rows = read.rows.filter((row) => securableKey(row) === key && same(row.principal, principal));
  return new Set(rows.map(({ privilege }) => privilege));
}

function undoMask(
  { target, column, function: ours }: Extract<GovernanceOperation, { kind: "set_mask" }>,
  before: Look,
  now: Look,
): Undo {
  const [was, is] = [mask(before), mask(now)];
  if (is?.functionName === was?.functionName) return AS_BEFORE;
  if (is === undefined || !same(is.functionName, fullName(ours))) return changed("mask");
  const older = was && nameOf(was.functionName);
  return older === undefined
    ? undo("drop the mask", dropMask(target, column))
    : undo(
        "set the mask back",
        setMask({ table: target, column, function: older, usingColumns: was?.usingColumns ?? [] }),
      );

  function mask(look: Look) {
    return look.table(target)?.columns.find(({ name }) => same(name, column))?.mask;
  }
}

function undoFilter(
  { target, function: ours }: Extract<GovernanceOperation, { kind: "set_row_filter" }>,
  before: Look,
  now: Look,
): Undo {
  const [was, is] = [before.table(target)?.rowFilter, now.table(target)?.rowFilter];
  if (is?.functionName === was?.functionName) return AS_BEFORE;
  if (is === undefined || !same(is.functionName, fullName(ours))) return changed("row filter");
  const older = was && nameOf(was.functionName);
  return older === undefined
    ? undo("drop the row filter", dropRowFilter(target))
    : undo(
        "set the row filter back",
        setRowFilter({ table: target, function: older, columns: was?.inputColumns ?? [] }),
      );
}

function referenceOf(target: SecurableName | ColumnName): SecurableReference {
  switch (target.type) {
    case "catalog":
      return { level: "catalog" };
    case "schema":
      return { level: "schema", schema: target.schema };
    case "column":
      return { level: "column", schema: target.schema, name: target.name, column: target.column };
    default: {
      const { schema, name }: ObjectName = target;
      return { level: target.type === "view" ? "table" : target.type, schema, name };
    }
  }
}

function statementsOr(what: string, ...statements: readonly (Statement | false)[]): Undo {
  const [first, ...rest] = onlyStatements(statements);
  return first === undefined ? AS_BEFORE : undo(what, first, ...rest);
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
