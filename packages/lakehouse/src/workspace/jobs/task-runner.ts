import type { SubmittedTask } from "@clone-xs/databricks/contract";
import type { Workspace } from "@clone-xs/unity";

/** Carries out the tasks of jobs: given by whoever opens the workspace, for the files that it ships. */
export interface TaskRunner {
  /** Why a task cannot be run here; `undefined` when it can. */
  refusal(task: SubmittedTask): string | undefined;
  /**
   * Runs a task to its end: resolves when it succeeded, rejects when it failed, with what is told of it. Ends soon after `signal` aborts. It is
   * begun again, as the same attempt, when the workspace is opened again before it ended: then it goes on from what it kept itself.
   */
  run(task: SubmittedTask, turn: TaskTurn): Promise<void>;
}

export interface TaskTurn {
  readonly runId: number;
  readonly runName: string;
  /** From 0 on. */
  readonly attempt: number;
  /** The workspace as whoever submitted the run. */
  readonly workspace: Workspace;
  readonly signal: AbortSignal;
}
