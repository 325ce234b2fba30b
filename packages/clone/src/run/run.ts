import type { Workspace } from "@clone-xs/unity";
import type { Ledger } from "../ledger/ledger.ts";
import type { RunEvent } from "./events.ts";

/** What a run is handed by the composition root. */
export interface RunPorts {
  readonly source: Workspace;
  /** The same workspace as `source` until routes to others exist. */
  readonly target: Workspace;
  readonly ledger: Ledger;
  readonly emit: (event: RunEvent) => void;
  readonly clock: Clock;
  readonly random: () => number;
  readonly signal?: AbortSignal;
}

export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}
