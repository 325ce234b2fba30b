import type { Workspace } from "@clone-xs/unity";
import type { GuardJournal } from "../guards/journal.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { TargetRequest } from "../request/targets.ts";
import type { RunEvent } from "./events.ts";
import type { RunDocuments, TargetFiles } from "./run-files.ts";
import type { Settings } from "./settings.ts";

/** What a run is handed by the composition root. */
export interface RunPorts {
  readonly source: Workspace;
  /** The same workspace as `source`, unless the request names a target and the caller has connected to that already. */
  readonly target: Workspace;
  /**
   * Connects to a target of the request: each call gives a workspace of its own, which the run closes. Throws what connecting throws;
   * that is then how this target ends. Absent: the request must not name targets.
   */
  readonly connectTarget?: (target: TargetRequest) => Promise<Workspace>;
  /** Where a target is, as far as that is known without connecting: how one is called that is not reached. */
  readonly hostOf?: (target: TargetRequest) => string | undefined;
  readonly ledger: Ledger;
  /** What this machine remembers of guards, of all runs. */
  readonly journal: GuardJournal;
  readonly documents: RunDocuments;
  /** Where each target of several keeps its own record; absent: the request must not have several. */
  readonly targetFiles?: (target: string) => Promise<TargetFiles>;
  /** Who carries the run out, for leases and for people: a machine and a process. */
  readonly holder: RunHolder;
  readonly settings: Settings;
  readonly emit: (event: RunEvent) => void;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal?: AbortSignal;
}

export interface RunHolder {
  readonly hostname: string;
  readonly pid: number;
  /** Whether a process of this machine lives; absent when that cannot be told: then only time tells that a run is dead. */
  readonly isAlive?: (pid: number) => boolean;
}

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
  /** Does something now and then until it is stopped by calling the result. Absent where time passes only by sleeping. */
  every?(milliseconds: number, work: () => void): () => void;
}
