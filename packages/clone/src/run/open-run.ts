import type { Workspace } from "@clone-xs/unity";
import type { Guarded } from "../guards/guarded.ts";
import type { Ends } from "../inspect/ends.ts";
import type { SharedSource } from "../inspect/shared-source.ts";
import type { StepOutcome } from "../execute/outcome.ts";
import type { ClonePlan } from "../plan/plan.ts";
import type { CloneRequest } from "../request/request.ts";
import { doneLines } from "../summarize/log-lines.ts";
import type { ObjectError } from "../summarize/summary.ts";
import { NO_PROGRESS, progressAfter } from "../summarize/progress.ts";
import type { PlannedWork } from "./apply-document.ts";
import type { RunEvent } from "./events.ts";
import { statementMeter } from "./metering.ts";
import { tagged } from "./tagging.ts";
import { patientReads } from "./patient-reads.ts";
import type { RunPorts } from "./run.ts";

/** What a run is to do: what was asked, how it comes by its plan, and what an earlier process did of it. */
export interface Course {
  readonly request: CloneRequest;
  /** The request as far as looking goes, when more is to be seen than it needs. */
  readonly sight?: CloneRequest;
  /** The ports are those of the run: its statements are counted and tagged. */
  readonly plan: (ends: Ends, ports: RunPorts) => ClonePlan | Promise<ClonePlan>;
  /** Steps that succeeded before this process took the run up. */
  readonly done: ReadonlyMap<string, StepOutcome>;
  /** What an earlier process was carrying out: it is on the disk already. */
  readonly earlier?: PlannedWork;
  /** Awaits what an earlier process left running, before anything is looked at. */
  readonly settle?: (ports: RunPorts, log: (line: string) => void) => Promise<void>;
  /** What looking at both ends tells of steps, beside `done`. */
  readonly known?: (ends: Ends) => ReadonlyMap<string, StepOutcome>;
  /** Epoch milliseconds at which the run began, maybe in another process. */
  readonly startedAt: number;
  /** Why the target could not be reached: then nothing else is done. */
  readonly unreachable?: ObjectError;
  /** What makes this run one target of several; absent: it is a run for itself. */
  readonly share?: ShareOfFanout;
}

/** What a target has in common with the others that are cloned to from the same source. */
export interface ShareOfFanout {
  /** The source as it was looked at once, for all of them. */
  readonly source: SharedSource;
  /** The guards of the source, which stand around all of them. */
  readonly guarded: Guarded;
  /** One after the other: the rows of all targets go into the same tables. */
  readonly auditing: <Result>(write: () => Promise<Result>) => Promise<Result>;
  /** An earlier process had begun with them, and may have left rows. */
  readonly again: boolean;
}

/** A run under way in this process. */
export interface Run extends Course {
  readonly ports: RunPorts;
  readonly runId: string;
  readonly emit: (event: Untimed<RunEvent>) => void;
  /** Statements sent, by kind. */
  readonly statements: () => Readonly<Record<string, number>>;
}

export type Untimed<Event> = Event extends unknown ? Omit<Event, "at"> : never;

/** A run whose statements are counted and whose events carry their time. */
export function openRun(course: Course, given: RunPorts, runId: string): Run {
  return { ...course, ...openPorts(given, runId), runId, emit: emitter(given) };
}

/** The same ports, with the statements of a run tagged and counted. */
export function openPorts(given: RunPorts, runId: string): Pick<Run, "ports" | "statements"> {
  const meter = statementMeter();
  const opened = (workspace: Workspace) =>
    patientReads(meter.metered(tagged(workspace, { clxs_run: runId })), given);
  const source = opened(given.source);
  const target = given.target === given.source ? source : opened(given.target);
  return { ports: { ...given, source, target }, statements: meter.counts };
}

/** Gives every event its time, and follows it with the progress when that has changed and the line that a step leaves in the log. */
function emitter({ emit, clock }: RunPorts): Run["emit"] {
  let progress = NO_PROGRESS;
  return (untimed) => {
    const event: RunEvent = { ...untimed, at: clock.now() };
    emit(event);
    const next = progressAfter(progress, event);
    if (next !== progress) emit({ at: event.at, type: "progress", progress: next });
    progress = next;
    if (event.type !== "step") return;
    for (const line of doneLines(event.step)) emit({ at: event.at, type: "log", level: "info", line });
  };
}
