import { isTerminal } from "@clone-xs/databricks/contract";
import { LakehouseError } from "../../errors.ts";
import type { ExecutionResult, StatementInput } from "../../execution/execution.ts";
import type { PrincipalRecord } from "../../metastore/metastore.ts";
import type { HistoryFilter, StatementHistory, StatementRecord } from "../../metastore/statement-history.ts";
import { canceledFailure, failureOf, isCanceled, tooLarge } from "./failure.ts";
import { limited } from "./limits.ts";
import { bytesOf, INLINE_BYTES } from "./result-chunks.ts";

/** A statement on its way and afterwards. */
export interface TrackedStatement extends StatementRecord {
  /** Present exactly in state SUCCEEDED. */
  readonly result?: TrackedResult;
}

export interface TrackedResult extends ExecutionResult {
  /** A row or byte limit cut it. */
  readonly truncated: boolean;
}

interface Submission extends StatementInput {
  readonly warehouseId: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly rowLimit?: number;
  readonly byteLimit?: number;
}

/**
 * Statements of one workspace: states, results for an hour, cancelling. What ended is told for twelve hours, also by the next process that
 * opens the workspace, and stands in the history for thirty days. A statement whose process died is not told at all: it may have taken effect.
 */
export interface StatementRegistry {
  /** Throws CLOSED when the workspace is closing. */
  submit(principal: PrincipalRecord, submission: Submission): TrackedStatement;
  /** The statement as it is now; `undefined` when the id is unknown or forgotten. */
  find(id: string): TrackedStatement | undefined;
  /** Resolves with the statement when it has ended, or as it is after `timeoutMs`. */
  settled(id: string, timeoutMs?: number): Promise<TrackedStatement | undefined>;
  /** Asks for the end of a statement. What it came to is seen in its state: one that was quicker ends SUCCEEDED. */
  cancel(id: string): void;
  /** Cancels whatever a warehouse runs or lets wait. */
  cancelAll(warehouseId: string): void;
  /** Gives up the result: SUCCEEDED becomes CLOSED. */
  closeResult(id: string): void;
  /** Newest first. */
  history(filter: HistoryFilter): readonly StatementRecord[];
  /** Cancels what runs and waits for it. */
  close(): Promise<void>;
}

/** What a statement came to; `gone` when its result cannot be read from the start. */
export interface RunResult extends ExecutionResult {
  readonly gone?: boolean;
}

export interface RegistryOptions {
  /** Runs a statement when it has a slot; calls `started` then. */
  readonly run: (
    principal: PrincipalRecord,
    submission: Submission,
    turn: { readonly signal: AbortSignal; readonly started: () => void },
  ) => Promise<RunResult>;
  readonly history: StatementHistory;
  readonly newId: () => string;
  readonly now: () => number;
}

const HOUR = 3_600_000;
/** Source: Statement Execution API, "the statement is no longer available after 12 hours". */
const FORGOTTEN_AFTER = 12 * HOUR;
/** All results that are kept, in bytes of text. */
const KEPT_BYTES = 256 * (1 << 20);
const KEPT_RESULTS = 10_000;

interface Entry {
  statement: TrackedStatement;
  readonly abort: AbortController;
  done: Promise<void>;
  resultBytes: number;
}

export function statementRegistry({ run, history, newId, now }: RegistryOptions): StatementRegistry {
  /** Statements that have not ended, and those whose result can still be read; oldest first. */
  const entries = new Map<string, Entry>();
  let closed = false;
  let keptBytes = 0;

  const end = (entry: Entry, change: Pick<TrackedStatement, "state" | "failure" | "result" | "rowCount">) => {
    entry.statement = { ...entry.statement, ...change, endedAt: now() };
    history.ended(entry.statement);
    if (entry.statement.result === undefined) entries.delete(entry.statement.id);
  };

  const succeed = (entry: Entry, { gone = false, ...result }: TrackedResult & RunResult) => {
    const bytes = result.rows.reduce((sum, row) => sum + bytesOf(row), 0);
    if (bytes > INLINE_BYTES) return end(entry, { state: "FAILED", failure: tooLarge });
    const rowCount = result.rows.length;
    if (gone) return end(entry, { state: "CLOSED", rowCount });
    entry.resultBytes = bytes;
    keptBytes += bytes;
    end(entry, { state: "SUCCEEDED", result, rowCount });
  };

  const follow = async (entry: Entry, principal: PrincipalRecord, submission: Submission): Promise<void> => {
    const { signal } = entry.abort;
    const started = () => {
      entry.statement = { ...entry.statement, state: "RUNNING", startedAt: now() };
    };
    try {
      succeed(entry, limited(await run(principal, submission, { signal, started }), submission));
    } catch (error) {
      if (signal.aborted || isCanceled(error)) end(entry, { state: "CANCELED", failure: canceledFailure });
      else end(entry, { state: "FAILED", failure: failureOf(error) });
    }
    tidy();
  };

  const closeResult = (entry: Entry) => {
    if (entry.statement.state !== "SUCCEEDED") return;
    const { result: _gone, ...statement } = entry.statement;
    entry.statement = { ...statement, state: "CLOSED" };
    keptBytes -= entry.resultBytes;
    entries.delete(statement.id);
  };

  /** From the oldest on: gives up results that are old or too many, and stops where nothing is to be done. */
  const tidy = () => {
    for (const entry of entries.values()) {
      const { endedAt } = entry.statement;
      if (endedAt === undefined) continue;
      if (now() - endedAt <= HOUR && keptBytes <= KEPT_BYTES && entries.size <= KEPT_RESULTS) return;
      closeResult(entry);
    }
  };

  /** One that ended before, when its result is gone. */
  const remembered = (id: string): TrackedStatement | undefined => {
    const record = history.find(id);
    if (record?.endedAt === undefined || record.failure?.errorCode === "UNKNOWN") return undefined;
    if (now() - record.endedAt > FORGOTTEN_AFTER) return undefined;
    return record.state === "SUCCEEDED" ? { ...record, state: "CLOSED" } : record;
  };

  const find = (id: string) => entries.get(id)?.statement ?? remembered(id);

  const abortThose = (which: (statement: TrackedStatement) => boolean) => {
    for (const { statement, abort } of entries.values())
      if (!isTerminal(statement.state) && which(statement)) abort.abort();
  };

  return {
    submit(principal, submission) {
      if (closed) throw new LakehouseError("CLOSED", "The workspace is closing");
      const { text, tags = {}, warehouseId } = submission;
      const statement: TrackedStatement = {
        id: newId(),
        text,
        principal: principal.name,
        warehouseId,
        tags,
        state: "PENDING",
        submittedAt: now(),
      };
      const entry: Entry = {
        statement,
        abort: new AbortController(),
        done: Promise.resolve(),
        resultBytes: 0,
      };
      history.submitted(statement);
      // The work starts a turn later, so that the first answer is always PENDING.
      entry.done = entry.done.then(() => follow(entry, principal, submission));
      entries.set(statement.id, entry);
      return statement;
    },
    find(id) {
      tidy();
      return find(id);
    },
    async settled(id, timeoutMs) {
      const entry = entries.get(id);
      if (entry === undefined) return remembered(id);
      await (timeoutMs === undefined ? entry.done : firstOf(entry.done, timeoutMs));
      return entry.statement;
    },
    cancel: (id) => abortThose((statement) => statement.id === id),
    cancelAll: (warehouseId) => abortThose((statement) => statement.warehouseId === warehouseId),
    closeResult(id) {
      const entry = entries.get(id);
      if (entry !== undefined) closeResult(entry);
    },
    history: (filter) => history.list(filter).map((record) => entries.get(record.id)?.statement ?? record),
    async close() {
      closed = true;
      abortThose(() => true);
      await Promise.all([...entries.values()].map(({ done }) => done));
    },
  };
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
