import { inParallel } from "../inspect/in-parallel.ts";
import { newestCommits } from "./newest.ts";
import type { StreamPorts } from "./ports.ts";
import type { Commit } from "./position.ts";
import type { StreamProgram } from "./program.ts";
import type { TableProgress } from "./record.ts";
import { commitsSince, firstLine, readPosition, type Send, sending } from "./sync-table.ts";
import type { TableProgram } from "./table-program.ts";

/** Statements under way at the same time. */
const PARALLEL = 8;

/** How far each copy of a stream is. A table that cannot be looked at says why, and the others are looked at. */
export async function readProgress(
  program: StreamProgram,
  { workspace, clock, signal }: StreamPorts,
): Promise<Readonly<Record<string, TableProgress>>> {
  const send = sending(workspace.statements, signal);
  const newest = await newestCommits(program, send);
  const read = await inParallel(program.tables, PARALLEL, async (table) => {
    const method = table.method.kind;
    try {
      const to = newest.get(table.key);
      if (to === undefined || to instanceof Error) throw to ?? new Error("The source has no history.");
      const position = await readPosition(table, send);
      const lag = await lagOf(table, { position, to, now: clock.now() }, send);
      return [table.key, { method, checkpoint: position.version, lag_seconds: lag, error: null }] as const;
    } catch (error) {
      const message = firstLine(error instanceof Error ? error.message : String(error));
      return [table.key, { method, checkpoint: null, lag_seconds: null, error: message }] as const;
    }
  });
  return Object.fromEntries(read);
}

interface Lagging {
  readonly position: Commit;
  readonly to: Commit;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** Seconds since the first commit that the copy lacks. Of a source that was made anew that is its first one. */
async function lagOf(table: TableProgram, { position, to, now }: Lagging, send: Send): Promise<number> {
  if (position.version === to.version && position.at === to.at) return 0;
  const commits = await commitsSince(table, position, to, send);
  const isOurs = commits.some(({ version, at }) => version === position.version && at === position.at);
  const missing = isOurs ? commits.filter(({ version }) => BigInt(version) > BigInt(position.version)) : [to];
  const oldest = Math.min(...missing.map(({ at }) => Number(at)));
  return Math.max(0, now - oldest) / 1000;
}
