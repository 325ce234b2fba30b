import type { StatementState } from "@clone-xs/databricks/contract";
import { slotsOf } from "../../engine/slots.ts";
import { LakehouseError } from "../../errors.ts";
import type { ExecutionResult, StatementInput } from "../../execution/execution.ts";
import type { PrincipalRecord } from "../../metastore/metastore.ts";
import { canceledFailure, failureOf, type StatementFailure, tooLarge } from "./failure.ts";
import { bytesOf, INLINE_BYTES } from "./result-chunks.ts";

/** A statement on its way and afterwards. */
export interface TrackedStatement {
  readonly id: string;
  readonly text: string;
  readonly principal: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly state: StatementState;
  readonly failure?: StatementFailure;
  /** Present exactly in state SUCCEEDED. */
  readonly result?: TrackedResult;
  /** Epoch milliseconds. */
  readonly submittedAt: number;
  readonly startedAt?: number;
  readonly endedAt?: number;
}

export interface TrackedResult extends ExecutionResult {
  /** A row limit cut it. */
  readonly truncated: boolean;
}

interface Submission extends StatementInput {
  readonly tags?: Readonly<Record<string, string>>;
  readonly rowLimit?: number;
}

/** Statements of one workspace: states, results for an hour, cancelling. Nothing here is durable, as on the service. */
export interface StatementRegistry {
  /** Throws CLOSED when the workspace is closing. */
  submit(principal: PrincipalRecord, submission: Submission): TrackedStatement;
  /** The statement as it is now; `undefined` when the id is unknown or forgotten. */
  find(id: string): TrackedStatement | undefined;
  /** Resolves with the statement when it has ended, or as it is after `timeoutMs`. */
  settled(id: string, timeoutMs?: number): Promise<TrackedStatement | undefined>;
  /** Asks for the end of a statement. What it came to is seen in its state: one that was quicker ends SUCCEEDED. */
  cancel(id: string): void;
  /** Gives up the result: SUCCEEDED becomes CLOSED. */
  closeResult(id: string): void;
  /** Newest first. */
  history(): readonly TrackedStatement[];
  /** Cancels what runs and waits for it. */
  close(): Promise<void>;
}

export interface RegistryOptions {
  readonly run: (
    principal: PrincipalRecord,
    input: StatementInput,
    signal: AbortSignal,
  ) => Promise<ExecutionResult>;
  readonly newId: () => string;
  readonly now: () => number;
  /** Statements that run at the same time; others wait as PENDING. */
  readonly concurrency: number;
}

const HOUR = 3_600_000;
/** All results that are kept, in bytes of text. */
const KEPT_BYTES = 256 * (1 << 20);
const KEPT_STATEMENTS = 10_000;

interface Entry {
  statement: TrackedStatement;
  readonly abort: AbortController;
  done: Promise<void>;
  resultBytes: number;
}

export function statementRegistry({ run, newId, now, concurrency }: RegistryOptions): StatementRegistry {
  const entries = new Map<string, Entry>();
  const slots = slotsOf(concurrency);
  let closed = false;
  let keptBytes = 0;

  const update = (entry: Entry, change: Partial<TrackedStatement>) => {
    entry.statement = { ...entry.statement, ...change };
  };

  const succeed = (entry: Entry, result: TrackedResult) => {
    const bytes = result.rows.reduce((sum, row) => sum + bytesOf(row), 0);
    if (bytes > INLINE_BYTES) return update(entry, { state: "FAILED", failure: tooLarge, endedAt: now() });
    entry.resultBytes = bytes;
    keptBytes += bytes;
    update(entry, { state: "SUCCEEDED", result, endedAt: now() });
  };

  const follow = async (entry: Entry, principal: PrincipalRecord, submission: Submission): Promise<void> => {
    const { signal } = entry.abort;
    try {
      const result = await slots.run(() => {
        update(entry, { state: "RUNNING", startedAt: now() });
        return run(principal, submission, signal);
      }, signal);
      succeed(entry, limited(result, submission.rowLimit));
    } catch (error) {
      if (signal.aborted) update(entry, { state: "CANCELED", failure: canceledFailure, endedAt: now() });
      else update(entry, { state: "FAILED", failure: failureOf(error), endedAt: now() });
    }
    tidy();
  };

  const closeResult = (entry: Entry) => {
    if (entry.statement.state !== "SUCCEEDED") return;
    const { result: _gone, ...statement } = entry.statement;
    entry.statement = { ...statement, state: "CLOSED" };
    keptBytes -= entry.resultBytes;
    entry.resultBytes = 0;
  };

  /** From the oldest on: forgets statements, drops results that are old or too many, and stops where nothing is to be done. */
  const tidy = () => {
    for (const [id, entry] of entries) {
      const { endedAt } = entry.statement;
      if (endedAt === undefined) continue;
      const age = now() - endedAt;
      if (age <= HOUR && keptBytes <= KEPT_BYTES && entries.size <= KEPT_STATEMENTS) return;
      closeResult(entry);
      if (age > 12 * HOUR || entries.size > KEPT_STATEMENTS) entries.delete(id);
    }
  };

  return {
    submit(principal, submission) {
      if (closed) throw new LakehouseError("CLOSED", "The workspace is closing");
      const id = newId();
      const abort = new AbortController();
      const { text, tags = {} } = submission;
      const statement = { id, text, tags, principal: principal.name, submittedAt: now() };
      const entry: Entry = {
        statement: { ...statement, state: "PENDING" },
        abort,
        done: Promise.resolve(),
        resultBytes: 0,
      };
      // The work starts a turn later, so that the first answer is always PENDING.
      entry.done = entry.done.then(() => follow(entry, principal, submission));
      entries.set(id, entry);
      return entry.statement;
    },
    find(id) {
      tidy();
      return entries.get(id)?.statement;
    },
    async settled(id, timeoutMs) {
      const entry = entries.get(id);
      if (entry === undefined) return undefined;
      await (timeoutMs === undefined ? entry.done : firstOf(entry.done, timeoutMs));
      return entry.statement;
    },
    cancel: (id) => entries.get(id)?.abort.abort(),
    closeResult(id) {
      const entry = entries.get(id);
      if (entry !== undefined) closeResult(entry);
    },
    history: () => [...entries.values()].map(({ statement }) => statement).toReversed(),
    async close() {
      closed = true;
      for (const { abort } of entries.values()) abort.abort();
      await Promise.all([...entries.values()].map(({ done }) => done));
    },
  };
}

function limited(result: ExecutionResult, rowLimit: number | undefined): TrackedResult {
  const truncated = rowLimit !== undefined && result.rows.length > rowLimit;
  return { ...result, rows: truncated ? result.rows.slice(0, rowLimit) : result.rows, truncated };
}

async function firstOf(done: Promise<void>, timeoutMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, timeoutMs);
  });
  try {
    await Promise.race([done, late]);
  } finally {
    clearTimeout(timer);
  }
}
