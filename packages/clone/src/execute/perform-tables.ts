import { describeHistory, dropObject, setTableProperties } from "@clone-xs/sql";
import { fullName, type ObjectName, WorkspaceError } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { isCloneOf, readStamp, STAMP_PROPERTY, type Stamp, writeStamp } from "../decide/provenance.ts";
import type { CloneTableOperation, Step } from "../plan/plan.ts";
import { countersOfHistory, countersOfResult } from "./counters.ts";
import type { CloneCounters } from "./outcome.ts";
import { alreadyExists, sendUntilKnown } from "./retry.ts";
import { finishingTouches, makingStatement } from "./making-tables.ts";
import { isVersionGone, otherPin, outsideCut, UNPINNED } from "./pins.ts";
import {
  carriesStamp,
  ensure,
  type Performed,
  type PerformPorts,
  sendOnce,
  signalOf,
  stampOf,
} from "./sending.ts";

/**
 * Clones one table at its pinned version. Where that version is gone meanwhile, by VACUUM or because the log was cut, the table is pinned
 * to the version it has now, or not at all, and says so: it then stands outside the consistent cut. A version that the user asked for
 * is not exchanged: VERSION_NOT_AVAILABLE is thrown. Throws what the workspace throws otherwise.
 */
export async function performClone(
  operation: CloneTableOperation,
  step: Step,
  ports: PerformPorts,
): Promise<Performed> {
  const { existing, target } = operation;
  if (existing === "drop_and_create") await ensure(dropObject("table", target, { ifExists: true }), ports);
  try {
    return await cloneSeen(operation, step, ports);
  } catch (error) {
    const loose = await otherPin(operation, error, ports);
    try {
      return outsideCut(await cloneAt(loose, step, ports), { operation, loose, error });
    } catch (again) {
      if (!isVersionGone(again) || loose.version === null) throw again;
      const unpinned = { ...operation, ...UNPINNED };
      const performed = await cloneAt(unpinned, step, ports);
      return outsideCut(performed, { operation, loose: unpinned, error });
    }
  }
}

/** First and longest pause before a table is looked for again that the target is about to see. */
const PAUSES_MS = [1000, 32_000] as const;

/** What a share got a moment ago may be listed before it can be read. */
async function cloneSeen(
  operation: CloneTableOperation,
  step: Step,
  ports: PerformPorts,
): Promise<Performed> {
  const [first, longest] = operation.readFrom === undefined ? [0, -1] : PAUSES_MS;
  let sending = ports.sending;
  for (let pause = first; ; pause *= 2) {
    try {
      return await cloneAt(operation, step, { ...ports, sending });
    } catch (error) {
      if (!isUnseen(error) || pause > longest || ports.signal?.aborted) throw error;
      // It is the same statement, and was told.
      sending = () => undefined;
      await ports.clock.sleep(pause, ports.signal);
    }
  }
}

function isUnseen(error: unknown): boolean {
  return error instanceof WorkspaceError && UNSEEN.has(error.errorClass ?? "");
}

const UNSEEN: ReadonlySet<string> = new Set(["TABLE_OR_VIEW_NOT_FOUND", "SCHEMA_NOT_FOUND"]);

/** Makes the table, and gives it what the statement that makes it does not carry; until then its stamp calls it unfinished. */
async function cloneAt(operation: CloneTableOperation, step: Step, ports: PerformPorts): Promise<Performed> {
  const { source, target, extent, version, versionTimestamp, fingerprint } = operation;
  const names = { source: fullName(source), target: fullName(target) };
  const known = { ...names, version, versionTimestamp, fingerprint, sourceId: operation.sourceTableId };
  const stamp = stampOf(step, { ...known, ...(extent.rows === "all" ? {} : { extent }) }, ports);
  const finishing = finishingTouches(operation);
  const first: Stamp = finishing.length === 0 ? stamp : { ...stamp, extent: { rows: "unfinished" } };
  const performed = await makeTable(operation, first, ports);
  for (const { statement, isDone } of finishing) await sendOnce(statement, () => isDone(ports.target), ports);
  if (finishing.length > 0)
    await ensure(setTableProperties(target, { [STAMP_PROPERTY]: writeStamp(stamp) }), ports);
  return performed;
}

async function makeTable(
  operation: CloneTableOperation,
  stamp: Stamp,
  ports: PerformPorts,
): Promise<Performed> {
  const { source, target, depth, existing } = operation;
  const statement = makingStatement(operation, writeStamp(stamp));
  const isDone = () => carriesStamp(target, stamp, ports);
  const send = (replace: boolean) => sendOnce(statement(replace), isDone, ports);
  const result = await send(existing === "replace").catch(async (error: unknown) => {
    if (depth === "SHALLOW" || !alreadyExists(error) || !(await isThere(source, target, ports))) throw error;
    return send(true);
  });
  if (operation.extent.rows !== "all") return {};
  if (result?.resultGone && !(await isDone())) throw unconfirmed(target);
  const counters = result && !result.resultGone ? countersOfResult(result) : undefined;
  const known = counters ?? (await countersFromHistory(target, ports));
  return known ? { counters: known } : {};
}

/** CLOSED says that it succeeded; a target that does not show it is believed more. */
function unconfirmed(target: ObjectName): CloneError {
  return new CloneError(
    "UNKNOWN_RESULT",
    `The result of the clone is gone, and ${fullName(target)} does not show that it was made.`,
    { object: fullName(target) },
  );
}

/** The answer is gone: the newest CLONE entry in the target's history has the same numbers. */
async function countersFromHistory(
  target: ObjectName,
  ports: PerformPorts,
): Promise<CloneCounters | undefined> {
  const send = () => ports.target.statements.execute(describeHistory(target, 10), signalOf(ports));
  return countersOfHistory(await sendUntilKnown({ send, observe: send }, ports));
}

/** A clone of the same source came after the inspection: a statement of a run that died was still under way. */
async function isThere(source: ObjectName, target: ObjectName, ports: PerformPorts): Promise<boolean> {
  const found = await ports.target.unity.table(target);
  return found !== undefined && isCloneOf(readStamp(found.properties, target), source);
}
