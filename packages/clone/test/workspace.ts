import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { type Lakehouse, type LakehouseOptions, openLakehouse } from "@clone-xs/lakehouse";
import type { Workspace } from "@clone-xs/unity";
import { readLedger } from "../src/ledger/file-ledger.ts";
import type { LedgerRecord } from "../src/ledger/ledger.ts";
import { parseCloneRequest } from "../src/request/parse.ts";
import type { RunEvent } from "../src/run/events.ts";
import { runClone } from "../src/run/run-clone.ts";
import { openRunFiles } from "../src/run/run-files.ts";
import { DEFAULT_SETTINGS } from "../src/run/settings.ts";
import type { RunSummary } from "../src/summarize/summary.ts";

/** An embedded workspace in a directory of its own, and how to leave nothing behind. */
export interface TestWorkspace {
  readonly workspace: Workspace;
  readonly lakehouse: Lakehouse;
  /** Runs statements one after the other; the rows of the last. */
  readonly sql: (...statements: readonly string[]) => Promise<readonly (readonly (string | null)[])[]>;
  readonly close: () => Promise<void>;
}

export async function openTestWorkspace({
  allowPaths = [],
  ...options
}: Partial<
  Pick<LakehouseOptions, "allowPaths" | "network" | "now" | "owner" | "shareDelayMs">
> = {}): Promise<TestWorkspace> {
  const directory = await mkdtemp(join(tmpdir(), "clxs-clone-"));
  const lakehouse = await openLakehouse({
    directory,
    now: Date.now,
    uuid: randomUUID,
    randomBytes,
    allowPaths,
    ...options,
  });
  const workspace = lakehouse.connect();
  return {
    workspace,
    lakehouse,
    sql: async (...statements) => {
      let rows: readonly (readonly (string | null)[])[] = [];
      for (const text of statements) {
        ({ rows } = await workspace.statements.execute({ text, kind: "other", effect: "write" }));
      }
      return rows;
    },
    close: async () => {
      await workspace.close();
      await lakehouse.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

export interface Ran {
  readonly summary: RunSummary;
  readonly events: readonly RunEvent[];
  /** Log lines in order. */
  readonly lines: readonly string[];
  readonly ledger: readonly LedgerRecord[];
}

export interface RunOptions {
  readonly runId?: string;
  /** Absent: the workspace of the source. */
  readonly target?: Workspace;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: RunEvent) => void;
}

/** Runs a clone as the command line does, with a ledger on disk and everything it emits. */
export async function run(workspace: Workspace, wire: object, options: RunOptions = {}): Promise<Ran> {
  const parsed = parseCloneRequest(wire);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const directory = await mkdtemp(join(tmpdir(), "clxs-run-"));
  const files = await openRunFiles(directory, "run");
  const events: RunEvent[] = [];
  try {
    const summary = await runClone(
      parsed.request,
      {
        source: workspace,
        target: options.target ?? workspace,
        ...files,
        holder: { hostname: "test", pid: 1 },
        settings: DEFAULT_SETTINGS,
        emit: (event) => {
          events.push(event);
          options.onEvent?.(event);
        },
        clock: { now: Date.now, sleep: (milliseconds) => sleep(milliseconds / 100) },
        random: () => 0,
        ...(options.signal ? { signal: options.signal } : {}),
      },
      options.runId ?? "run00001",
    );
    const lines = events.flatMap((event) => (event.type === "log" ? event.line : []));
    return {
      summary,
      events,
      lines,
      // What is appended is on the disk when the run is over.
      ledger: await readLedger(join(directory, "runs", "run", "ledger.ndjson")),
    };
  } finally {
    await files.close();
    await rm(directory, { recursive: true, force: true });
  }
}
