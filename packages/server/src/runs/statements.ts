import { type LedgerRecord, recordsOf, recordsOfTarget } from "@clone-xs/clone";

/** A statement that was submitted for a step, by its id at the warehouse. */
export interface SentStatement {
  readonly at: number;
  readonly step: string;
  readonly statementId: string;
}

/** The statements that a run submitted for some of its steps, as its ledger has them; `target` is empty where it has no other targets. */
export async function sentFor(
  home: string,
  id: string,
  target: string,
  steps: ReadonlySet<string>,
): Promise<readonly SentStatement[]> {
  const own = await recordsOf(home, id);
  const records = target === "" ? own : [...own, ...(await recordsOfTarget(home, id, target))];
  return records.flatMap((record) => (isSubmitted(record) && steps.has(record.step) ? [sent(record)] : []));
}

type Submitted = Extract<LedgerRecord, { type: "submitted" }>;

function isSubmitted(record: LedgerRecord): record is LedgerRecord & Submitted {
  return record.type === "submitted";
}

function sent({ at, step, statementId }: LedgerRecord & Submitted): SentStatement {
  return { at, step, statementId };
}
