import type { RunEvent, RunListItem, RunMessage, RunSummary } from "@clone-xs/server/contract";
import type { RunStanding } from "../../api/runs.ts";
import { isLive } from "../../run-status.ts";

export type TargetProgress = Extract<RunEvent, { type: "target" }>["target"];

/** What the page shows above the parts of a run: how it stood when it was asked for, and what was heard since. */
export interface RunPicture
  extends RunListItem,
    Omit<RunStanding, keyof RunListItem | "result" | "summary" | "standing"> {
  readonly result: RunSummary | null;
  /** How each of several targets stands. */
  readonly standing: readonly TargetProgress[];
  readonly over: boolean;
}

export function pictureOf(asked: RunStanding): RunPicture {
  const { summary: _, ...standing } = asked;
  return { ...standing, result: standing.result as RunSummary | null, over: !isLive(standing) };
}

/** The picture after some more messages. */
export function fold(picture: RunPicture, messages: readonly RunMessage[]): RunPicture {
  return messages.reduce(after, picture);
}

function after(picture: RunPicture, message: RunMessage): RunPicture {
  switch (message.event) {
    case "run":
      return { ...picture, ...message.data, progress: message.data.progress ?? picture.progress };
    case "end":
      return { ...picture, status: message.data.status, over: true };
    case "event":
      return { ...afterEvent(picture, message.data), last_event: message.id };
  }
}

function afterEvent(picture: RunPicture, event: RunEvent): RunPicture {
  switch (event.type) {
    case "log": {
      const told = /^(?:Quiesce|Restore: )/u.test(event.line);
      const guard_lines = told ? [...picture.guard_lines, event.line] : picture.guard_lines;
      return { ...picture, guard_lines, log_lines: picture.log_lines + 1 };
    }
    case "target": {
      const others = picture.standing.filter(({ name }) => name !== event.target.name);
      return { ...picture, standing: [...others, event.target] };
    }
    case "decided":
      return { ...picture, objects: picture.objects + event.objects.length };
    case "step": {
      const isNew = event.step.state === "started" && UNDECIDED.has(event.step.kind);
      return isNew ? { ...picture, objects: picture.objects + 1 } : picture;
    }
    case "finished":
      return { ...picture, result: event.summary };
    default:
      return picture;
  }
}

/** What is worked on and was no object of the source to decide about. */
const UNDECIDED: ReadonlySet<string> = new Set(["catalog", "schema", "orphan", "route"]);
