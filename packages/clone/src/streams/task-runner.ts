import type { Workspace } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { type LoopPorts, type StreamEvent, streamLoop } from "./loop.ts";
import { TASK_FILE } from "./names.ts";
import { readProgram } from "./task-file.ts";

/** A task of a run as it was submitted. */
interface StreamTask {
  readonly task_key: string;
  readonly [field: string]: unknown;
}

/** What a task is run with. */
interface StreamTurn {
  readonly runName: string;
  readonly workspace: Workspace;
  readonly signal: AbortSignal;
}

/** Carries out the tasks that are our file, and no others: what an embedded workspace is opened with so that it can run streams. */
export interface StreamTaskRunner {
  /** Why a task cannot be run here; `undefined` when it can. */
  refusal(task: StreamTask): string | undefined;
  /** Runs a stream until its signal aborts, and then rejects, or until it gives up. */
  run(task: StreamTask, turn: StreamTurn): Promise<void>;
}

export interface StreamRunnerPorts extends Pick<LoopPorts, "clock"> {
  readonly log?: (runName: string, event: StreamEvent) => void;
}

/** Runs in this process what `continuous_sync.py` does on Spark: the same program, the same statements. */
export function streamTaskRunner({ clock, log }: StreamRunnerPorts): StreamTaskRunner {
  return {
    refusal(task) {
      return programOfTask(task) === undefined
        ? `only ${TASK_FILE} with the path of its program is run in this workspace.`
        : undefined;
    },
    async run(task, { runName, workspace, signal }) {
      const path = programOfTask(task) ?? "";
      const program = await readProgram(workspace.files, path);
      await streamLoop(program, workspace, {
        clock,
        signal,
        ...(log && { log: (event: StreamEvent) => log(runName, event) }),
      });
      throw new CloneError("CANCELLED", `${runName} was told to end.`, { object: runName });
    },
  };
}

/** The path of the program that a task of ours is given. */
function programOfTask({ spark_python_task: task }: StreamTask): string | undefined {
  if (typeof task !== "object" || task === null) return undefined;
  const { python_file: file, parameters }: { python_file?: unknown; parameters?: unknown } = task;
  const isOurs = typeof file === "string" && file.split("/").at(-1) === TASK_FILE;
  const [path, ...more]: readonly unknown[] = Array.isArray(parameters) ? parameters : [];
  return isOurs && typeof path === "string" && more.length === 0 ? path : undefined;
}
