import {
  alterViewAs,
  cloneTable,
  createCatalog,
  createFunction,
  createSchema,
  createView,
  createVolume,
  describeHistory,
  dropObject,
  setTableProperties,
} from "@clone-xs/sql";
import {
  fullName,
  type ObjectName,
  type Statement,
  type StatementResult,
  type Workspace,
} from "@clone-xs/unity";
import { isCloneOf, readStamp, STAMP_PROPERTY, type Stamp, writeStamp } from "../decide/provenance.ts";
import { sameFunction } from "../plan/definition-steps.ts";
import type { CloneTableOperation, Operation, Step } from "../plan/plan.ts";
import { countersOfHistory, countersOfResult } from "./counters.ts";
import type { CloneCounters } from "./outcome.ts";
import { alreadyExists, type RetryPorts, sendUntilKnown } from "./retry.ts";

/** What carrying out a step touches. */
export interface PerformPorts extends RetryPorts {
  readonly target: Workspace;
  readonly runId: string;
  /** Called before a statement is sent for the first time. */
  readonly sending: (statement: Statement) => void;
  readonly submitted: (statementId: string) => void;
}

/** What a step that succeeded has to tell. */
export interface Performed {
  readonly counters?: CloneCounters;
}

type Performer<Kind extends Operation["kind"]> = (
  operation: Extract<Operation, { kind: Kind }>,
  step: Step,
  ports: PerformPorts,
) => Promise<Performed>;

const PERFORMERS: { readonly [Kind in Operation["kind"]]: Performer<Kind> } = {
  create_catalog: ({ catalog, comment }, _, ports) =>
    ensure(createCatalog({ catalog, ...optional({ comment }), ifNotExists: true }), ports),

  create_schema: (operation, step, ports) => {
    const { catalog, schema, comment, source } = operation;
    const stamp = stampOf(step, { source, target: `${catalog}.${schema}` }, ports);
    const properties = { ...operation.properties, [STAMP_PROPERTY]: writeStamp(stamp) };
    return ensure(
      createSchema({ catalog, schema, properties, ...optional({ comment }), ifNotExists: true }),
      ports,
    );
  },

  create_volume: ({ target, comment }, _, ports) =>
    ensure(createVolume({ ...target, ...optional({ comment }), ifNotExists: true }), ports),

  create_view: async (operation, step, ports) => {
    const { source, target, text, namespace, columns, comment } = operation;
    const stamp = stampOf(step, { source: fullName(source), target: fullName(target) }, ports);
    const properties = { ...operation.properties, [STAMP_PROPERTY]: writeStamp(stamp) };
    const statement = createView({
      ...target,
      text,
      namespace,
      columns,
      properties,
      ...optional({ comment }),
    });
    await sendOnce(statement, () => carriesStamp(target, stamp, ports), ports);
    return {};
  },

  alter_view: async ({ source, target, text, namespace, adopt }, step, ports) => {
    await ensure(alterViewAs(target, text, namespace), ports);
    if (!adopt) return {};
    const stamp = stampOf(step, { source: fullName(source), target: fullName(target) }, ports);
    return ensure(setTableProperties(target, { [STAMP_PROPERTY]: writeStamp(stamp) }, "view"), ports);
  },

  create_function: async ({ routine, replace, namespace }, _, ports) => {
    const there = async () => {
      const routines = await ports.target.unity.functions(routine.catalog, routine.schema);
      return routines.some((other) => sameName(other.name, routine.name) && sameFunction(other, routine));
    };
    await sendOnce(createFunction({ routine, replace, namespace }), there, ports);
    return {};
  },

  clone_table: (operation, step, ports) => performClone(operation, step, ports),
};

/** Carries out one step on the target. Throws what the workspace throws when it does not succeed. */
export function perform(step: Step, ports: PerformPorts): Promise<Performed> {
  // The table is complete by its type; TypeScript cannot see that key and operation belong together.
  const performer = PERFORMERS[step.operation.kind] as Performer<Operation["kind"]>;
  return performer(step.operation, step, ports);
}

async function performClone(
  operation: CloneTableOperation,
  step: Step,
  ports: PerformPorts,
): Promise<Performed> {
  const { source, target, depth, existing, version, versionTimestamp, fingerprint } = operation;
  const names = { source: fullName(source), target: fullName(target) };
  const stamp = stampOf(
    step,
    { ...names, version, versionTimestamp, fingerprint, sourceId: operation.sourceTableId },
    ports,
  );
  if (existing === "drop_and_create") await ensure(dropObject("table", target, { ifExists: true }), ports);
  const statement = (replace: boolean) =>
    cloneTable({
      target,
      source,
      shallow: depth === "SHALLOW",
      replace,
      tblProperties: { ...operation.properties, [STAMP_PROPERTY]: writeStamp(stamp) },
      ...(version === null ? {} : { asOf: { version: BigInt(version) } }),
    });
  const isDone = () => carriesStamp(target, stamp, ports);
  const send = (replace: boolean) => sendOnce(statement(replace), isDone, ports);
  const result = await send(existing === "replace").catch(async (error: unknown) => {
    if (depth === "SHALLOW" || !alreadyExists(error) || !(await isThere(source, target, ports))) throw error;
    return send(true);
  });
  const counters = result && !result.resultGone ? countersOfResult(result) : undefined;
  const known = counters ?? (await countersFromHistory(target, ports));
  return known ? { counters: known } : {};
}

/** The answer is gone: the newest CLONE entry in the target's history has the same numbers. */
async function countersFromHistory(
  target: ObjectName,
  ports: PerformPorts,
): Promise<CloneCounters | undefined> {
  const send = () => ports.target.statements.execute(describeHistory(target, 10), signalOf(ports));
  return countersOfHistory(await sendUntilKnown({ send, observe: send }, ports));
}

/** Sends a statement that may be repeated without harm. */
async function ensure(statement: Statement, ports: PerformPorts): Promise<Performed> {
  await sendOnce(statement, async () => false, ports);
  return {};
}

/** Sends until the outcome is known; `undefined` when the target shows that it was done and the answer is lost. */
async function sendOnce(
  statement: Statement,
  isDone: () => Promise<boolean>,
  ports: PerformPorts,
): Promise<StatementResult | undefined> {
  ports.sending(statement);
  const send = async (): Promise<{ readonly result: StatementResult | undefined }> => ({
    result: await ports.target.statements.execute(statement, {
      ...signalOf(ports),
      onSubmitted: ports.submitted,
    }),
  });
  const observe = async () => ((await isDone()) ? { result: undefined } : undefined);
  return (await sendUntilKnown({ send, observe }, ports)).result;
}

/** A clone of the same source came after the inspection: a statement of a run that died was still under way. */
async function isThere(source: ObjectName, target: ObjectName, ports: PerformPorts): Promise<boolean> {
  const found = await ports.target.unity.table(target);
  return found !== undefined && isCloneOf(readStamp(found.properties, target), source);
}

async function carriesStamp(
  target: ObjectName,
  stamp: Stamp,
  { target: workspace }: PerformPorts,
): Promise<boolean> {
  const found = await workspace.unity.table(target);
  const there = found && readStamp(found.properties, target);
  return there?.run === stamp.run && there.step === stamp.step;
}

function stampOf(
  step: Step,
  known: Pick<Stamp, "source" | "target"> & Partial<Stamp>,
  { runId }: PerformPorts,
): Stamp {
  const unknown = { sourceId: null, version: null, versionTimestamp: null, fingerprint: null };
  return { run: runId, step: step.id, ...unknown, ...known };
}

function optional({ comment }: { readonly comment: string | null }): { readonly comment?: string } {
  return comment === null ? {} : { comment };
}

function signalOf({ signal }: RetryPorts): { readonly signal?: AbortSignal } {
  return signal ? { signal } : {};
}

function sameName(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
