import { DeltaError } from "@clone-xs/delta";
import { LakehouseError } from "../../errors.ts";
import { ExecutionError } from "../../execution/execution.ts";
import type { StatementFailure } from "../../metastore/statement-history.ts";
import { INLINE_BYTES } from "./result-chunks.ts";

export const canceledFailure: StatementFailure = {
  errorCode: "CANCELLED",
  message: "The statement was cancelled.",
};

export const tooLarge: StatementFailure = {
  errorCode: "BAD_REQUEST",
  message: `Inline byte limit exceeded. Statements executed with disposition=INLINE can have a result size of at most ${INLINE_BYTES} bytes. Select fewer rows or columns.`,
};

/** Ends a statement as CANCELED although nobody asked for it: what a warehouse does that is stopped. */
export class StatementCanceled extends Error {
  override readonly name = "StatementCanceled";
}

/** Ends a statement as FAILED with exactly this. */
export class StatementFailed extends Error {
  override readonly name = "StatementFailed";
  readonly failure: StatementFailure;

  constructor(failure: StatementFailure) {
    super(failure.message);
    this.failure = failure;
  }
}

export function isCanceled(error: unknown): boolean {
  return error instanceof StatementCanceled;
}

/** SQL errors of every kind are BAD_REQUEST with the class in the message; a lost engine may be tried again. */
export function failureOf(error: unknown): StatementFailure {
  if (error instanceof StatementFailed) return error.failure;
  if (error instanceof ExecutionError) {
    const { message, sqlState, errorClass } = error;
    return { errorCode: "BAD_REQUEST", message, sqlState, errorClass };
  }
  if (error instanceof DeltaError)
    return { errorCode: "BAD_REQUEST", message: `[${error.code}] ${error.message}`, errorClass: error.code };
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof LakehouseError && error.code === "ENGINE_LOST")
    return { errorCode: "TEMPORARILY_UNAVAILABLE", message };
  if (error instanceof LakehouseError && error.code === "WAREHOUSE_QUEUE_FULL")
    return { errorCode: "RESOURCE_EXHAUSTED", message };
  return { errorCode: "INTERNAL_ERROR", message };
}
