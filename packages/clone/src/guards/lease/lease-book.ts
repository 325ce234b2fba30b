import { id, lit, sql, statement } from "@clone-xs/sql";
import { WorkspaceError } from "@clone-xs/unity";
import { CloneError } from "../../errors.ts";
import { rowsByName } from "../../inspect/rows.ts";
import { type GuardPorts, send } from "../guard-ports.ts";
import { leaseTable } from "../guard-tables.ts";
import type { Lease, LeaseBook } from "./lease.ts";

/** What a change comes to: the leases as they shall be, or nothing to change, and what its author learned in either case. */
export interface BookChange<Result> {
  readonly leases?: readonly Lease[];
  readonly result: Result;
}

/**
 * Changes the book by compare and set: the one row of the table is updated only while it has the revision that was read. Looks again
 * and decides anew when another writer was faster, or when the answer was lost. Throws LEASE_BUSY after many losses in a row.
 */
export async function changeBook<Result>(
  decide: (book: LeaseBook) => BookChange<Result>,
  ports: GuardPorts,
): Promise<Result> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const book = await readBook(ports);
    const { leases, result } = decide(book);
    if (leases === undefined || (await replaced(book, leases, ports))) return result;
    await ports.clock.sleep(PAUSE_MS * attempt * (0.5 + ports.random() / 2));
  }
  throw new CloneError(
    "LEASE_HELD",
    "The table of leases changes faster than this run can write to it. Try again.",
  );
}

const ATTEMPTS = 12;
const PAUSE_MS = 100;

/** Throws what the workspace throws, for a table that is not there too. */
export async function readBook(ports: GuardPorts): Promise<LeaseBook> {
  const select = sql`SELECT revision, unix_millis(current_timestamp()) AS now, leases FROM ${id(leaseTable(ports.audit))}`;
  const [row] = rowsByName(await send(statement("select", select), ports));
  if (row === undefined)
    throw new CloneError(
      "INTERNAL",
      "The table of leases has lost its row. Drop the table: it is made anew.",
    );
  return {
    revision: row.get("revision") ?? "0",
    now: Number(row.get("now")),
    leases: JSON.parse(row.get("leases") ?? "[]") as readonly Lease[],
  };
}

/** Whether this writer's change is in; `false` also when that is not known. */
async function replaced(
  { revision }: LeaseBook,
  leases: readonly Lease[],
  { workspace, audit }: GuardPorts,
): Promise<boolean> {
  const text = sql`UPDATE ${id(leaseTable(audit))} SET revision = revision + 1, changed_at = current_timestamp(), leases = ${lit(JSON.stringify(leases))} WHERE revision = ${lit(BigInt(revision))}`;
  for (let sent = 1; ; sent += 1) {
    try {
      const result = await workspace.statements.execute(statement("write", text));
      const [row] = rowsByName(result);
      return row?.get("num_affected_rows") === "1";
    } catch (error) {
      if (!(error instanceof WorkspaceError)) throw error;
      // The same compare and set once more does nothing when the first has run.
      if (error.code === "UNKNOWN_RESULT" && sent < RESENDS) continue;
      if (error.code === "UNKNOWN_RESULT" || error.retryable) return false;
      throw error;
    }
  }
}

const RESENDS = 3;
