import {
  type ExecuteOptions,
  type Statement,
  type StatementResult,
  type Statements,
  type SubmittedState,
  WorkspaceError,
} from "@clone-xs/unity";
import { z } from "zod";
import {
  endpoints,
  type ExecuteStatementRequest,
  isTerminal,
  pathTo,
  StatementResponse,
} from "../../contract/index.ts";
import type { HttpClient } from "../http/client.ts";
import { type Effects, pause } from "../http/retry.ts";
import { failureOf } from "./failure.ts";
import { type HistoryUser, recentStatements } from "./history.ts";
import { readResult } from "./result.ts";

export interface StatementsOptions {
  readonly http: HttpClient;
  readonly warehouseId: () => Promise<string>;
  /** Whose statements `recent` gives. */
  readonly user: HistoryUser;
  readonly effects: Effects;
  /** The workspace runs on this machine. */
  readonly nearby: boolean;
}

/**
 * Statements over the Statement Execution API. The wait for a statement takes no abort signal of its own: an abort is
 * carried out at the warehouse, and what the statement came to is still looked at.
 */
export function createStatements({
  http,
  warehouseId,
  user,
  effects,
  nearby,
}: StatementsOptions): Statements {
  return {
    async execute(statement, options = {}) {
      throwIfAborted(options.signal);
      const request = requestFor(statement, await warehouseId());
      throwIfAborted(options.signal);
      const submitted = await http.call({
        ...endpoints.executeStatement,
        body: request,
        effect: statement.effect,
        answer: StatementResponse,
        betweenAttempts: options.signal,
        throttled: () => options.onHeldUp?.("throttled"),
      });
      options.onSubmitted?.(submitted.statement_id);
      const finished = await followed(statement, submitted.statement_id, () =>
        waitForEnd({ http, effects, nearby }, submitted, options),
      );
      return outcome(http, statement, finished, options);
    },
    state: (statementId) => stateOf(http, statementId),
    cancel: (statementId) => cancel(http, statementId),
    recent: async (filter) => recentStatements(http, { ...filter, user, warehouseId: await warehouseId() }),
  };
}

async function stateOf(http: HttpClient, statement_id: string): Promise<SubmittedState | undefined> {
  try {
    const { status } = await http.call({
      ...endpoints.getStatement,
      path: pathTo(endpoints.getStatement, { statement_id }),
      effect: "read",
      answer: StatementResponse,
    });
    const { state } = status;
    return state === "FAILED" ? { state, error: failureOf(statement_id, status) } : { state };
  } catch (error) {
    if (error instanceof WorkspaceError && error.code === "NOT_FOUND") return undefined;
    throw error;
  }
}

/** A clone is submitted without waiting so that its id is known, and can be recorded, before it runs. */
export function requestFor(statement: Statement, warehouse_id: string): ExecuteStatementRequest {
  const { text, kind, catalog, schema, parameters, tags } = statement;
  return {
    statement: text,
    warehouse_id,
    wait_timeout: kind === "clone" ? "0s" : "10s",
    on_wait_timeout: "CONTINUE",
    disposition: "INLINE",
    format: "JSON_ARRAY",
    ...(catalog === undefined ? {} : { catalog }),
    ...(schema === undefined ? {} : { schema }),
    ...(parameters === undefined
      ? {}
      : {
          parameters: parameters.map(({ name, value, type }) => ({
            name,
            value,
            ...(type === undefined ? {} : { type }),
          })),
        }),
    ...(tags === undefined
      ? {}
      : { query_tags: Object.entries(tags).map(([key, value]) => ({ key, value })) }),
  };
}

/**
 * Milliseconds before the nth poll, from 0. Against the service: half of the time that has passed, from a quarter of a second to five, for
 * requests are counted there; the end of a statement is so seen at most half as long again after it. On this machine they cost nothing,
 * and small statements end within milliseconds.
 */
export function pollDelay(poll: number, nearby: boolean): number {
  if (nearby) return Math.min(5 * 2 ** poll, 500);
  let delay = 250;
  for (let before = 0, passed = 0; before < poll; before += 1) {
    passed += delay;
    delay = Math.min(5000, Math.max(250, passed / 2));
  }
  return delay;
}

type Waiting = Pick<StatementsOptions, "http" | "effects" | "nearby">;

async function waitForEnd(
  { http, effects, nearby }: Waiting,
  submitted: StatementResponse,
  { signal, onHeldUp }: ExecuteOptions,
): Promise<StatementResponse> {
  let response = submitted;
  let cancelSent = false;
  for (let poll = 0; !isTerminal(response.status.state); poll++) {
    // After about two seconds: a statement that the warehouse has room for runs by then.
    if (poll === (nearby ? 10 : 3) && response.status.state === "PENDING") onHeldUp?.("queued");
    if (signal?.aborted && !cancelSent) {
      await cancel(http, response.statement_id, signal);
      cancelSent = true;
      poll = 0;
    } else {
      await pause(effects, pollDelay(poll, nearby), cancelSent ? undefined : signal);
      if (signal?.aborted && !cancelSent) continue;
    }
    response = await http.call({
      ...endpoints.getStatement,
      path: pathTo(endpoints.getStatement, { statement_id: response.statement_id }),
      effect: "read",
      answer: StatementResponse,
      hurry: signal,
    });
  }
  return response;
}

/** "Accepted" only: whether it was cancelled is seen by polling. A statement that is over already may refuse. */
async function cancel(http: HttpClient, statement_id: string, hurry?: AbortSignal): Promise<void> {
  try {
    await http.call({
      ...endpoints.cancelStatement,
      path: pathTo(endpoints.cancelStatement, { statement_id }),
      body: {},
      effect: "read",
      answer: z.unknown(),
      hurry,
    });
  } catch (error) {
    if (error instanceof WorkspaceError && (error.code === "INVALID_REQUEST" || error.code === "NOT_FOUND"))
      return;
    throw error;
  }
}

/** Once submitted, a write whose end cannot be seen may have run. */
async function followed<T>({ effect }: Statement, statementId: string, wait: () => Promise<T>): Promise<T> {
  try {
    return await wait();
  } catch (error) {
    if (effect === "read" || !(error instanceof WorkspaceError)) throw error;
    throw new WorkspaceError(
      "UNKNOWN_RESULT",
      `Statement ${statementId} was submitted, but its end could not be seen: ${error.message}`,
      {
        statementId,
        cause: error,
      },
    );
  }
}

async function outcome(
  http: HttpClient,
  statement: Statement,
  response: StatementResponse,
  { signal }: ExecuteOptions,
): Promise<StatementResult> {
  const { statement_id, status } = response;
  const succeeded = status.state === "SUCCEEDED" || status.state === "CLOSED";
  if (status.state === "FAILED") throw failureOf(statement_id, status);
  if (!succeeded) throw canceled(statement_id, signal?.aborted === true);
  // A write that was quicker than its cancellation did happen, and is reported so.
  if (statement.effect === "read" && signal?.aborted) throw canceled(statement_id, true);
  return readResult(http, statement, response, signal);
}

function canceled(statementId: string, byCaller: boolean): WorkspaceError {
  return new WorkspaceError(
    "CANCELED",
    `Statement ${statementId} was cancelled${byCaller ? "" : " by somebody else or by the warehouse"}.`,
    { statementId },
  );
}

function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted)
    throw new WorkspaceError("CANCELED", "Cancelled by the caller before the statement was sent.");
}
