import {
  type ObjectName,
  type Statement,
  type StatementResult,
  type SubmittedState,
  type Workspace,
  WorkspaceError,
} from "@clone-xs/unity";
import { readStamp, type Stamp } from "../decide/provenance.ts";
import type { Step } from "../plan/plan.ts";
import { tagsOf } from "../run/tagging.ts";
import type { OpenedRoute, UnsharedTable } from "../route/route-operation.ts";
import type { Residue } from "../summarize/summary.ts";
import type { CopiedBytes } from "../volumes/copy-volume.ts";
import type { Slots } from "../volumes/slots.ts";
import type { CloneCounters } from "./outcome.ts";
import { endOf, findLost } from "./await-statement.ts";
import { type RetryPorts, sendUntilKnown } from "./retry.ts";

/** What carrying out a step touches. */
export interface PerformPorts extends RetryPorts {
  readonly source: Workspace;
  readonly target: Workspace;
  readonly runId: string;
  readonly stepId: string;
  /** Called before a statement is sent for the first time. */
  readonly sending: (statement: Statement) => void;
  readonly submitted: (statementId: string) => void;
  /** Files of volumes under way at the same time. */
  readonly slots: Slots;
  readonly progress: (copied: CopiedBytes) => void;
  /** Something the user should know at once, in one line. */
  readonly warn: (line: string) => void;
  /** The same, when nothing is amiss. */
  readonly tell: (line: string) => void;
}

/** What a step that succeeded has to tell. */
export interface Performed {
  readonly counters?: CloneCounters;
  readonly volumeFiles?: CopiedBytes;
  /** What came out otherwise than it was planned. */
  readonly residue?: readonly Residue[];
  /** What the target reads the source through. */
  readonly route?: OpenedRoute;
  /** Steps that cannot be done because their tables cannot be shared. */
  readonly unshared?: readonly UnsharedTable[];
}

/** Sends a statement that may be repeated without harm. */
export async function ensure(statement: Statement, ports: PerformPorts): Promise<Performed> {
  await sendOnce(statement, async () => false, ports);
  return {};
}

/** Sends until the outcome is known; `undefined` when the target shows that it was done and the answer is lost. */
export async function sendOnce(
  statement: Statement,
  isDone: () => Promise<boolean>,
  ports: PerformPorts,
): Promise<StatementResult | undefined> {
  ports.sending(statement);
  const known = new Set<string>();
  let current: string | undefined;
  let ended: SubmittedState | undefined;
  const since = ports.clock.now();
  const onSubmitted = (statementId: string) => {
    current = statementId;
    known.add(statementId);
    ports.submitted(statementId);
  };
  const send = async (): Promise<{ readonly result: StatementResult | undefined }> => {
    current = undefined;
    ended = undefined;
    return {
      result: await ports.target.statements.execute(statement, {
        ...signalOf(ports),
        onSubmitted,
        ...(ports.heldUp ? { onHeldUp: ports.heldUp } : {}),
      }),
    };
  };
  const fate = async (): Promise<WorkspaceError | undefined> => {
    const tags = tagsOf({ clxs_run: ports.runId, clxs_step: ports.stepId });
    const lost = { since, tags, known };
    const id = current ?? (await findLost(statement, lost, ports));
    ended = id === undefined ? undefined : await endOf(id, ports);
    return errorOf(ended);
  };
  const observe = async () =>
    ended?.state === "SUCCEEDED" || (await isDone()) ? { result: undefined } : undefined;
  return (await sendUntilKnown({ send, fate, observe }, ports)).result;
}

/** What a statement failed with whose answer was lost. One that was cancelled has not succeeded, whoever cancelled it. */
function errorOf(ended: SubmittedState | undefined): WorkspaceError | undefined {
  if (ended?.state === "CANCELED") return new WorkspaceError("CANCELED", "The statement was cancelled.");
  return ended?.state === "FAILED" ? ended.error : undefined;
}

export async function carriesStamp(
  target: ObjectName,
  stamp: Stamp,
  { target: workspace }: PerformPorts,
): Promise<boolean> {
  const found = await workspace.unity.table(target);
  const there = found && readStamp(found.properties, target);
  return there?.run === stamp.run && there.step === stamp.step;
}

export function stampOf(
  step: Step,
  known: Pick<Stamp, "source" | "target"> & Partial<Stamp>,
  { runId }: PerformPorts,
): Stamp {
  const unknown = { sourceId: null, version: null, versionTimestamp: null, fingerprint: null };
  return { run: runId, step: step.id, ...unknown, ...known };
}

export function optional({ comment }: { readonly comment: string | null }): { readonly comment?: string } {
  return comment === null ? {} : { comment };
}

export function signalOf({ signal }: RetryPorts): { readonly signal?: AbortSignal } {
  return signal ? { signal } : {};
}
