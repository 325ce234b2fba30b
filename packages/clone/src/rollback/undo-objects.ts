import {
  alterViewAs,
  createFunction,
  dropCatalog,
  dropObject,
  dropSchema,
  restoreTable,
  setTableProperties,
  unsetTableProperties,
} from "@clone-xs/sql";
import { fullName, type ObjectName, type SchemaName } from "@clone-xs/unity";
import { changeOf } from "../decide/change.ts";
import { makesCopy } from "../decide/judge.ts";
import { readStamp, STAMP_PROPERTY } from "../decide/provenance.ts";
import { type HistoryRead, localKey } from "../inspect/inventory.ts";
import { sameFunction, sameText } from "../plan/definition-steps.ts";
import type { CloneTableOperation, Operation } from "../plan/plan.ts";
import type { Looks } from "./undo-governance.ts";
import { AS_BEFORE, stays, type Undo, undo } from "./undo.ts";

/** What undoing an object goes by beside the target as it was and is. */
export interface UndoContext extends Looks {
  readonly runId: string;
  /** Histories of tables that the run replaced, by `localKey`. */
  readonly histories: Readonly<Record<string, HistoryRead>>;
  /** Undo also what was written since the run. */
  readonly force: boolean;
}

type Making = Extract<
  Operation,
  {
    readonly kind:
      | "create_catalog"
      | "create_schema"
      | "clone_table"
      | "create_view"
      | "alter_view"
      | "create_function"
      | "create_volume"
      | "drop_orphan";
  }
>;

/**
 * Takes back what a step made: what was not there is dropped, if it is still what the run made; a replaced table is restored to the
 * version below the run's own entry in its history. Nothing is guessed: where the earlier state is not known the object stays.
 */
export function undoObject(operation: Making, context: UndoContext): Undo {
  const { before, now } = context;
  switch (operation.kind) {
    case "clone_table":
      return undoTable(operation, context);
    case "create_catalog":
      if (now.catalog === undefined) return AS_BEFORE;
      // `default` comes into being with every catalog, and counts as something in it.
      return undo(
        "drop",
        dropSchema({ catalog: operation.catalog, schema: "default" }, { ifExists: true }),
        dropCatalog(operation.catalog),
      );
    case "create_schema": {
      const is = now.schema(operation);
      if (is === undefined || before.schema(operation) !== undefined) return AS_BEFORE;
      return made(is.properties, operation, context) ?? undo("drop", dropSchema(operation));
    }
    case "create_view": {
      const is = now.table(operation.target);
      if (is === undefined) return AS_BEFORE;
      return (
        made(is.properties, operation.target, context) ?? undo("drop", dropObject("view", operation.target))
      );
    }
    case "alter_view":
      return undoView(operation, context);
    case "create_function": {
      const { routine } = operation;
      const [was, is] = [before.routine(routine), now.routine(routine)];
      if (is === undefined || (was !== undefined && sameFunction(was, is))) return AS_BEFORE;
      if (!sameFunction(is, routine)) return stays("its text was changed since the run");
      if (was === undefined) return undo("drop", dropObject("function", routine));
      const { namespace } = operation;
      return undo("set its text back", createFunction({ routine: was, replace: true, namespace }));
    }
    case "create_volume":
      if (operation.exists) return stays("files copied into a volume that was there before are left");
      if (now.volume(operation.target) === undefined) return AS_BEFORE;
      return undo("drop", dropObject("volume", operation.target));
    case "drop_orphan":
      if (now.table(operation.target) !== undefined) return AS_BEFORE;
      return stays("a dropped clone can be had back by UNDROP for 7 days, and not by this");
  }
}

function undoTable(operation: CloneTableOperation, context: UndoContext): Undo {
  const { target, existing } = operation;
  const { before, now, histories, force } = context;
  const [was, is] = [before.table(target), now.table(target)];
  if (is === undefined)
    return was === undefined
      ? AS_BEFORE
      : stays("it was dropped since the run; UNDROP brings it back for 7 days");
  if (was !== undefined && was.properties[STAMP_PROPERTY] === is.properties[STAMP_PROPERTY]) return AS_BEFORE;
  const foreign = made(is.properties, target, context);
  if (foreign) return foreign;
  const history = histories[localKey(target)];
  if (history?.ok !== true) return stays(history?.failure.message ?? "its history was not read");
  const stamp = readStamp(is.properties, target);
  const ours = history.entries.findIndex((each) => stamp !== undefined && makesCopy(each, stamp));
  const entry = history.entries[ours];
  const since = history.entries.slice(0, Math.max(ours, 0)).find((each) => changeOf(each) !== "none");
  if (since !== undefined && !force)
    return stays(
      `it was written since the run (${since.operation} at version ${since.version}); --force undoes that too`,
    );
  if (existing === "create") return undo("drop", dropObject("table", target));
  if (existing === "drop_and_create")
    return stays("a shallow clone is dropped and made again, which cannot be undone");
  if (entry === undefined || BigInt(entry.version) === 0n)
    return stays("the version before the run is not in its history");
  return undo("restore", restoreTable(target, BigInt(entry.version) - 1n));
}

function undoView(operation: Extract<Making, { kind: "alter_view" }>, { before, now }: UndoContext): Undo {
  const { target, namespace } = operation;
  const [was, is] = [before.table(target), now.table(target)];
  if (was?.view === undefined || is?.view === undefined || sameText(was.view.text, is.view.text))
    return AS_BEFORE;
  if (!sameText(is.view.text, operation.text)) return stays("its text was changed since the run");
  const text = alterViewAs(target, was.view.text, was.view.namespace ?? namespace);
  const stamp = was.properties[STAMP_PROPERTY];
  if (stamp === is.properties[STAMP_PROPERTY]) return undo("set its text back", text);
  const mark =
    stamp === undefined
      ? unsetTableProperties(target, [STAMP_PROPERTY], "view")
      : setTableProperties(target, { [STAMP_PROPERTY]: stamp }, "view");
  return undo("set its text back", text, mark);
}

/** Why what stands there is not what the run made; `undefined` when it is. */
function made(
  properties: Readonly<Record<string, string>>,
  name: ObjectName | SchemaName,
  { runId }: UndoContext,
): Undo | undefined {
  const stamp = readStamp(properties, "name" in name ? name : { catalog: name.catalog, schema: name.schema });
  if (stamp?.run === runId) return undefined;
  return stays(
    stamp === undefined
      ? `${fullName(name)} no longer carries the mark of a clone`
      : `${fullName(name)} was made by run ${stamp.run}, not by this one; undo that first`,
  );
}
