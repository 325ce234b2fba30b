import type { RunEvent, RunListItem, RunMessage, RunProgress, RunSummary } from "@clone-xs/server/contract";
import { isLive } from "../../run-status.ts";

/** Everything that the page shows of a run: a fold of its messages. */
export interface RunPicture {
  readonly run: RunListItem | undefined;
  readonly progress: RunProgress | undefined;
  readonly summary: RunSummary | undefined;
  /** Targets of a fan-out by name, in the order in which they first appeared. */
  readonly targets: ReadonlyMap<string, TargetProgress>;
  /** By target and id of the step, in the order in which they first appeared. */
  readonly steps: ReadonlyMap<string, StepRow>;
  readonly log: readonly LogLine[];
  readonly over: boolean;
}

type StepProgress = Extract<RunEvent, { type: "step" }>["step"];
export type TargetProgress = Extract<RunEvent, { type: "target" }>["target"];

/** A step as it stands. `unfinished`: the run ended before anybody heard how it went. */
export interface StepRow extends Omit<StepProgress, "state"> {
  readonly state: StepProgress["state"] | "unfinished";
  readonly startedAt: number;
}

export interface LogLine {
  readonly id: number;
  readonly at: number;
  readonly level: "info" | "warn" | "error";
  readonly line: string;
}

export const emptyPicture: RunPicture = {
  run: undefined,
  progress: undefined,
  summary: undefined,
  targets: new Map(),
  steps: new Map(),
  log: [],
  over: false,
};

/** The picture after some more messages. Many at once cost one copy of what they change. */
export function fold(picture: RunPicture, messages: readonly RunMessage[]): RunPicture {
  const targets = new Map(picture.targets);
  const steps = new Map(picture.steps);
  const log = [...picture.log];
  let { run, progress, summary, over } = picture;
  for (const message of messages) {
    switch (message.event) {
      case "run":
        run = message.data;
        progress = message.data.progress ?? progress;
        break;
      case "end":
        over = true;
        run = run && { ...run, status: message.data.status };
        break;
      case "event":
        foldEvent(message.id, message.data);
    }
  }
  const ended = over || (run !== undefined && !isLive(run));
  return { run, progress, summary, targets, steps: ended ? withoutRunning(steps) : steps, log, over };

  function foldEvent(id: number, event: RunEvent): void {
    if (event.type === "log") log.push({ id, at: event.at, level: event.level, line: event.line });
    if (event.type === "finished") summary = event.summary;
    if (event.type === "target") targets.set(event.target.name, event.target);
    if (event.type === "step") {
      const key = `${event.step.target ?? ""} ${event.step.id}`;
      const startedAt = steps.get(key)?.startedAt ?? event.at;
      steps.set(key, { ...event.step, startedAt });
    }
  }
}

/** A run that is over has nothing under way, whatever it did not get to say. */
function withoutRunning(steps: ReadonlyMap<string, StepRow>): ReadonlyMap<string, StepRow> {
  const settled = ([id, step]: readonly [string, StepRow]) =>
    [id, step.state === "started" ? { ...step, state: "unfinished" as const } : step] as const;
  return new Map([...steps].map(settled));
}

/** The log as a file: one line each, nothing added but the time. */
export function logText(log: readonly LogLine[]): string {
  return log.map(({ at, line }) => `${new Date(at).toISOString()} ${line}\n`).join("");
}
