import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { metastoreNetwork } from "@clone-xs/lakehouse";
import { withExecute, type Workspace, WorkspaceError } from "@clone-xs/unity";
import { parseCloneRequest } from "../src/request/parse.ts";
import type { RunEvent } from "../src/run/events.ts";
import { resumeRun } from "../src/run/resume-run.ts";
import type { RunPorts } from "../src/run/run.ts";
import { runClone } from "../src/run/run-clone.ts";
import { openRunFiles, recordsOf } from "../src/run/run-files.ts";
import { DEFAULT_SETTINGS } from "../src/run/settings.ts";
import type { RunSummary } from "../src/summarize/summary.ts";
import { HERE } from "./guarded.ts";
import { openTestWorkspace, type TestWorkspace } from "./workspace.ts";

/** A source and two targets, each in a metastore of its own, and how a run gets from one to the others. */
export interface FanoutWorld {
  readonly source: TestWorkspace;
  readonly west: TestWorkspace;
  readonly north: TestWorkspace;
  readonly home: string;
  /** How many were begun. */
  runs(): number;
  run(wire: object, options?: FanoutOptions): Promise<FanoutRan>;
  /** A run that is carried out otherwise than by its request. */
  apply(carry: (ports: RunPorts, runId: string) => Promise<RunSummary>): Promise<FanoutRan>;
  /** Goes on with a run of this world. */
  resume(runId: string, options?: FanoutOptions): Promise<FanoutRan>;
  close(): Promise<void>;
}

export interface FanoutRan {
  readonly summary: RunSummary;
  readonly runId: string;
  readonly lines: readonly string[];
  readonly events: readonly RunEvent[];
}

export interface FanoutOptions extends Partial<RunPorts> {
  readonly onEvent?: (event: RunEvent) => void;
  /** What stands between the run and the workspace of a target, by its connection. */
  readonly through?: Readonly<Record<string, (workspace: Workspace) => Workspace>>;
}

/** Whose statements the service refuses, as it does for a warehouse that is not there. */
export const NO_WAREHOUSE = "Warehouse 0000000000000000 does not exist.";
export const NO_HOST = "getaddrinfo ENOTFOUND nowhere.example";

export function withoutWarehouse(workspace: Workspace): Workspace {
  return withExecute(workspace, () => Promise.reject(new WorkspaceError("NOT_FOUND", NO_WAREHOUSE)));
}

export async function openFanoutWorld(): Promise<FanoutWorld> {
  const directory = await mkdtemp(join(tmpdir(), "clxs-fanout-"));
  const network = metastoreNetwork();
  const open = () => openTestWorkspace({ network });
  const [source, west, north] = await Promise.all([open(), open(), open()]);
  const clock = { now: Date.now, sleep: (milliseconds: number) => sleep(milliseconds / 100) };
  const places: Readonly<Record<string, TestWorkspace>> = { own: source, west, north };
  let runs = 0;

  const connectTarget =
    (through: FanoutOptions["through"] = {}): NonNullable<RunPorts["connectTarget"]> =>
    async ({ connection }) => {
      const place = places[connection.replace(/\d$/u, "")];
      if (place === undefined) throw new WorkspaceError("UNAVAILABLE", NO_HOST);
      const workspace = { ...place.lakehouse.connect(), close: () => Promise.resolve() };
      return (through[connection] ?? ((same) => same))(workspace);
    };

  const carryOut = async (
    runId: string,
    { onEvent, through, ...given }: FanoutOptions,
    work: (ports: RunPorts) => Promise<RunSummary>,
  ): Promise<FanoutRan> => {
    const files = await openRunFiles(directory, runId);
    const events: RunEvent[] = [];
    try {
      const summary = await work({
        source: source.workspace,
        target: source.workspace,
        connectTarget: connectTarget(through),
        ...files,
        holder: HERE,
        settings: DEFAULT_SETTINGS,
        clock,
        random: Math.random,
        emit: (event) => {
          events.push(event);
          onEvent?.(event);
        },
        ...given,
      });
      const lines = events.flatMap((event) => (event.type === "log" ? event.line : []));
      return { summary, runId, lines, events };
    } finally {
      await files.close();
    }
  };

  const nextId = () => {
    runs += 1;
    return `fan${String(runs).padStart(5, "0")}`;
  };

  return {
    source,
    west,
    north,
    home: directory,
    runs: () => runs,
    run(wire, options = {}) {
      const parsed = parseCloneRequest(wire);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      const runId = nextId();
      return carryOut(runId, options, (ports) => runClone(parsed.request, ports, runId));
    },
    apply(carry) {
      const runId = nextId();
      return carryOut(runId, {}, (ports) => carry(ports, runId));
    },
    async resume(runId, options = {}) {
      const records = await recordsOf(directory, runId);
      return carryOut(runId, options, (ports) => resumeRun(records, ports));
    },
    async close() {
      await Promise.all([source.close(), west.close(), north.close()]);
      await rm(directory, { recursive: true, force: true });
    },
  };
}
