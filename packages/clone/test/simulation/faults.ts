import {
  type Statement,
  type StatementResult,
  type Statements,
  type Workspace,
  WorkspaceError,
} from "@clone-xs/unity";
import { pick } from "./random.ts";
import type { Process } from "./scheduler.ts";

/** What may happen to something that is asked of the workspace. */
export const FAULTS = [
  "rate_limited",
  "unavailable",
  "lost_before",
  "lost_after",
  "gone_after",
  "denied",
] as const;
export type Fault = (typeof FAULTS)[number];

/** They come instead of the effect, and say so. */
const BEFORE: readonly Fault[] = ["rate_limited", "unavailable"];

/** What may happen to a write that is no statement: its result is not kept anywhere. */
const REST_FAULTS: readonly Fault[] = ["rate_limited", "unavailable", "lost_before", "lost_after", "denied"];

/** What goes wrong this often in a row goes right then: longer troubles are no passing ones. */
const LONGEST_STREAK = 3;

export interface FaultOptions {
  readonly process: Process;
  readonly random: () => number;
  /** Share of the calls that a fault befalls. */
  readonly probability: number;
  /** Kinds that are injected. */
  readonly faults: readonly [Fault, ...Fault[]];
  readonly injected: (fault: Fault) => void;
  /** Called when a statement has its turn, before anything befalls it. */
  readonly sending: (statement: Statement) => void;
}

/**
 * A workspace whose every call waits for its turn, and where a seeded fault may befall it: before the effect (refused, lost), after it
 * (lost, or the result gone), or a denial that no retry mends. A fault that says nothing about the effect only befalls calls that change
 * nothing.
 */
export function faultyWorkspace(workspace: Workspace, options: FaultOptions): Workspace {
  const { process, random, probability } = options;
  const streaks = new Map<unknown, number>();
  const disturb = async <T>(what: unknown, kinds: readonly Fault[], act: () => Promise<T>): Promise<T> => {
    const streak = streaks.get(what) ?? 0;
    streaks.set(what, 0);
    const possible = options.faults.filter((fault) => kinds.includes(fault)) as [Fault, ...Fault[]];
    if (possible.length === 0 || random() >= probability || streak >= LONGEST_STREAK) return act();
    const fault = pick(random, possible);
    streaks.set(what, streak + 1);
    options.injected(fault);
    return inject(fault, act);
  };
  const read =
    <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) =>
    (...args: Args): Promise<T> =>
      process.turn(() => disturb(call, BEFORE, () => call(...args)));
  const { unity, statements, files } = workspace;
  const execute: Statements["execute"] = (statement, { signal, onSubmitted } = {}) => {
    const kinds = statement.effect === "write" ? FAULTS : BEFORE;
    const act = async () => {
      if (signal?.aborted === true && random() < 0.5)
        throw new WorkspaceError("CANCELED", "The statement was cancelled before it ran.");
      return workspace.statements.execute(statement, onSubmitted ? { onSubmitted } : {});
    };
    const turn = () => {
      options.sending(statement);
      return disturb(statement.text, kinds, act);
    };
    return process.turn(turn, { lands: true });
  };
  // What changes a share is sent, and may land after its sender's death; the answer may be lost like any other.
  const write =
    <Args extends unknown[], T>(call: (...args: Args) => Promise<T>) =>
    (...args: Args): Promise<T> =>
      process.turn(() => disturb(call, REST_FAULTS, () => call(...args)), { lands: true });
  const { sharing, jobs } = workspace;
  return {
    identity: workspace.identity,
    sharing: {
      recipients: read((filter) => sharing.recipients(filter)),
      createRecipient: write((recipient) => sharing.createRecipient(recipient)),
      deleteRecipient: write((name) => sharing.deleteRecipient(name)),
      shares: read(() => sharing.shares()),
      share: read((name) => sharing.share(name)),
      createShare: write((share) => sharing.createShare(share)),
      updateShare: write((name, updates) => sharing.updateShare(name, updates)),
      deleteShare: write((name) => sharing.deleteShare(name)),
      shareGrants: read((name) => sharing.shareGrants(name)),
      changeShareGrants: write((name, changes) => sharing.changeShareGrants(name, changes)),
      providers: read((filter) => sharing.providers(filter)),
      providerShares: read((provider) => sharing.providerShares(provider)),
      sharedObjects: read((provider, share) => sharing.sharedObjects(provider, share)),
    },
    jobs: {
      submit: write((run) => jobs.submit(run)),
      run: read((runId) => jobs.run(runId)),
      runs: read((filter) => jobs.runs(filter)),
      cancel: write((runId) => jobs.cancel(runId)),
    },
    warehouses: read(() => workspace.warehouses()),
    close: () => workspace.close(),
    statements: {
      execute,
      state: read((id) => statements.state(id)),
      cancel: read((id) => statements.cancel(id)),
      recent: read((filter) => statements.recent(filter)),
    },
    unity: {
      metastore: read(() => unity.metastore()),
      catalogs: read(() => unity.catalogs()),
      catalog: read((name) => unity.catalog(name)),
      schemas: read((catalog) => unity.schemas(catalog)),
      tables: read((catalog, schema) => unity.tables(catalog, schema)),
      table: read((name) => unity.table(name)),
      functions: read((catalog, schema) => unity.functions(catalog, schema)),
      volumes: read((catalog, schema) => unity.volumes(catalog, schema)),
      permissions: read((type, name) => unity.permissions(type, name)),
      effectivePermissions: read((type, name) => unity.effectivePermissions(type, name)),
    },
    files,
  };
}

/** Faults that come instead of an answer. */
const THROWN: Readonly<Record<Exclude<Fault, "gone_after">, () => WorkspaceError>> = {
  rate_limited: () => new WorkspaceError("RATE_LIMITED", "too many requests", { retryable: true }),
  unavailable: () => new WorkspaceError("UNAVAILABLE", "temporarily unavailable", { retryable: true }),
  lost_before: () =>
    new WorkspaceError("UNKNOWN_RESULT", "the connection broke before the statement arrived"),
  lost_after: () => new WorkspaceError("UNKNOWN_RESULT", "the connection broke after the statement arrived"),
  denied: () =>
    new WorkspaceError(
      "PERMISSION_DENIED",
      "PERMISSION_DENIED: User does not have CREATE TABLE on Schema 's'.",
      {
        errorClass: "PERMISSION_DENIED",
      },
    ),
};

async function inject<T>(fault: Fault, act: () => Promise<T>): Promise<T> {
  if (fault === "gone_after") {
    const gone = { columns: [], rows: [], resultGone: true } satisfies Partial<StatementResult>;
    return { ...(await act()), ...gone };
  }
  if (fault === "lost_after") await act();
  throw THROWN[fault]();
}
