import type { RunEvent, RunProgress } from "../run/events.ts";

/** Before anything has happened. */
export const NO_PROGRESS: RunProgress = {
  phase: "inspecting",
  objectsDone: 0,
  objectsTotal: 0,
  objectsFailed: 0,
  bytesCopied: 0,
  bytesTotal: null,
  running: [],
};

/** Objects named as being worked on; more would not be read. */
const SHOWN = 5;

/** Folds one event into the progress of a run. What was skipped was not done and is not counted. Pure. */
export function progressAfter(progress: RunProgress, event: RunEvent): RunProgress {
  switch (event.type) {
    case "phase":
      return { ...progress, phase: event.phase };
    case "planned":
      return { ...progress, objectsTotal: event.objects, bytesTotal: event.bytes };
    case "copied":
      return { ...progress, bytesCopied: progress.bytesCopied + event.bytes };
    case "step":
      return afterStep(progress, event.step);
    default:
      return progress;
  }
}

function afterStep(progress: RunProgress, step: Extract<RunEvent, { type: "step" }>["step"]): RunProgress {
  const others = progress.running.filter((object) => object !== step.object);
  if (step.state === "started") return { ...progress, running: [...others, step.object].slice(-SHOWN) };
  if (step.state === "skipped") return { ...progress, running: others };
  return {
    ...progress,
    running: others,
    objectsDone: progress.objectsDone + 1,
    objectsFailed: progress.objectsFailed + (step.state === "failed" ? 1 : 0),
    bytesCopied: progress.bytesCopied + (step.bytesCopied ?? 0),
  };
}
