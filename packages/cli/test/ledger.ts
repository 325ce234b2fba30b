import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** Types of the records in a run's ledger, in order; a torn last line is left out. */
export function ledgerTypes(file: string): readonly string[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, "utf8")
    .split("\n")
    .slice(0, -1)
    .map((line) => (JSON.parse(line) as { type: string }).type);
}

export function ledgers(home: string): readonly string[] {
  const runs = join(home, "runs");
  if (!existsSync(runs)) return [];
  return readdirSync(runs).map((id) => join(runs, id, "ledger.ndjson"));
}

/**
 * Waits until a ledger that is not in `before` holds `records` records, and gives its path; `undefined` when `over` came first.
 */
export async function ledgerReaching(
  home: string,
  before: readonly string[],
  records: number,
  over: () => boolean,
): Promise<string | undefined> {
  for (;;) {
    const file = ledgers(home).find((each) => !before.includes(each));
    if (file !== undefined && ledgerTypes(file).length >= records) return file;
    if (over()) return undefined;
    await new Promise((next) => setTimeout(next, 1));
  }
}
