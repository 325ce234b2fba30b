import { randomBytes, randomUUID } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { openLakehouse } from "@clone-xs/lakehouse";
import type { Workspace } from "@clone-xs/unity";
import type { GuardJournal } from "../src/guards/journal.ts";
import type { GuardPorts } from "../src/guards/guard-ports.ts";
import { parseCloneRequest } from "../src/request/parse.ts";
import type { RunPorts } from "../src/run/run.ts";
import { runClone } from "../src/run/run-clone.ts";
import { guardJournal, openRunFiles } from "../src/run/run-files.ts";
import type { Mortal } from "./mortal.ts";
import { DEFAULT_SETTINGS } from "../src/run/settings.ts";
import type { RunSummary } from "../src/summarize/summary.ts";

/** A workspace with an owner who clones, `writer`, who is in the group `etl`, and `steward`, who is in none. */
export interface GuardedWorld {
  readonly workspace: Workspace;
  readonly home: string;
  readonly journal: GuardJournal;
  /** Runs statements as the owner, one after the other; the rows of the last. */
  sql(...statements: readonly string[]): Promise<readonly (readonly (string | null)[])[]>;
  connect(principal: string): Workspace;
  /** The same INSERT as `writer`: what became of it. */
  insert(table: string): Promise<string>;
  /** Every direct grant of the catalog, as information_schema tells it. */
  grants(catalog: string): Promise<readonly string[]>;
  run(
    wire: object,
    options?: RunOptions,
  ): Promise<{ readonly summary: RunSummary; readonly lines: readonly string[] }>;
  /** Ports of `unlock`; another machine remembers nothing. */
  guardPorts(options?: {
    readonly hostname?: string;
    readonly journal?: GuardJournal;
  }): GuardPorts & { readonly lines: readonly string[] };
  close(): Promise<void>;
}

export interface RunOptions extends Partial<RunPorts> {
  /** The process that carries the run out, when it is to die. */
  readonly process?: Mortal;
  readonly runId?: string;
  readonly onLine?: (line: string) => void | Promise<void>;
}

/** The process that died: no other of this machine is dead. */
export const DEAD_PID = 666;

export const HERE = { hostname: "here", pid: 1, isAlive: (pid: number) => pid !== DEAD_PID };

export async function openGuardedWorld(): Promise<GuardedWorld> {
  const directory = await mkdtemp(join(tmpdir(), "clxs-guards-"));
  const home = join(directory, "home");
  const lakehouse = await openLakehouse({
    directory: join(directory, "workspace"),
    now: Date.now,
    uuid: randomUUID,
    randomBytes,
    principals: [
      { name: "etl", kind: "group", groups: [], admin: false },
      { name: "writer", kind: "user", groups: ["etl"], admin: false },
      { name: "steward", kind: "user", groups: [], admin: false },
    ],
  });
  const workspace = lakehouse.connect();
  const clock = { now: Date.now, sleep: (milliseconds: number) => sleep(milliseconds / 100) };
  const execute = (on: Workspace, text: string) =>
    on.statements.execute({ text, kind: "other", effect: "write" });
  let runs = 0;
  const world: GuardedWorld = {
    workspace,
    home,
    journal: guardJournal(home),
    async sql(...statements) {
      let rows: readonly (readonly (string | null)[])[] = [];
      for (const text of statements) ({ rows } = await execute(workspace, text));
      return rows;
    },
    connect: (principal) => lakehouse.connect(principal),
    insert: (table) =>
      execute(lakehouse.connect("writer"), `INSERT INTO ${table} VALUES (0)`).then(
        () => "inserted",
        (error: Error) => error.message.replace(/\s*SQLSTATE.*$/su, ""),
      ),
    async grants(catalog) {
      const view = (level: string, columns: string) =>
        `SELECT '${level}' AS level, ${columns}, grantee, privilege_type FROM ${catalog}.information_schema.${level}_privileges WHERE inherited_from = 'NONE'`;
      const rows = await world.sql(
        [
          view("catalog", "'' AS s, '' AS n"),
          view("schema", "schema_name, ''"),
          view("table", "table_schema, table_name"),
          view("volume", "volume_schema, volume_name"),
        ].join(" UNION ALL "),
      );
      return rows.map((row) => row.join(" ")).sort();
    },
    async run(wire, { runId, onLine, process, ...ports } = {}) {
      const parsed = parseCloneRequest(wire);
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
      runs += 1;
      const id = runId ?? `run${String(runs).padStart(5, "0")}`;
      const files = await openRunFiles(home, id);
      const lines: string[] = [];
      const given: RunPorts = {
        source: workspace,
        target: workspace,
        ...files,
        holder: HERE,
        settings: DEFAULT_SETTINGS,
        clock,
        random: Math.random,
        emit: (event) => {
          if (event.type !== "log") return;
          lines.push(event.line);
          void onLine?.(event.line);
        },
        ...ports,
      };
      const carried = process === undefined ? given : dying(given, process);
      try {
        return { summary: await runClone(parsed.request, carried, id), lines };
      } finally {
        await files.close();
      }
    },
    guardPorts({ hostname = "here", journal = guardJournal(home) } = {}) {
      const lines: string[] = [];
      const holder = hostname === "here" ? HERE : { hostname, pid: 1, isAlive: () => true };
      const audit = DEFAULT_SETTINGS.audit;
      return {
        workspace,
        audit,
        journal,
        holder,
        clock,
        random: Math.random,
        log: (_, line) => lines.push(line),
        lines,
      };
    },
    async close() {
      await lakehouse.close();
      await rm(directory, { recursive: true, force: true });
    },
  };
  return world;
}

/** The ports of a process that may die. Nobody but the others can tell that it is dead. */
function dying(ports: RunPorts, { workspace, journal, ledger }: Mortal): RunPorts {
  const source = workspace(ports.source);
  return {
    ...ports,
    source,
    target: source,
    journal: journal(ports.journal),
    ledger: ledger(ports.ledger),
    holder: { ...HERE, pid: DEAD_PID },
  };
}
