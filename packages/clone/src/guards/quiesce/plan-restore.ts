import type { Privilege } from "@clone-xs/unity";
import type { Revocation } from "./plan-quiesce.ts";
import { ALL, READS_IN_ALL, WRITES_IN_ALL } from "./privileges.ts";

/** A revocation as it was recorded: `during` is what was read back after it, absent while that is still to come. */
export interface RecordedRevocation extends Revocation {
  readonly during?: readonly Privilege[];
  /** Unity Catalog's id of the table, to find it again under another name. */
  readonly tableId?: string;
}

/** What puts one pair back. The grants come first, so that nobody loses a read in between. */
export interface Restoration {
  readonly grant: readonly Privilege[];
  readonly revoke: readonly Privilege[];
  /** What was left as an administrator made it meanwhile, in words; absent when nothing was. */
  readonly left?: string;
}

/**
 * Decides how a pair gets back what was taken from it, less what an administrator took from it meanwhile: what it held during the
 * quiesce and does not hold now. A quiesce that was cut short before it had read its grants back knows of no such change,
 * and gives back everything. Repeating it does no harm. Pure.
 */
export function planRestore(recorded: RecordedRevocation, now: readonly Privilege[]): Restoration {
  const { privileges: before, lent, during } = recorded;
  const missing = before.filter((privilege) => !now.includes(privilege));
  const spare = lent.filter((privilege) => now.includes(privilege));
  const complete: Restoration = { grant: allFirst(missing), revoke: spare };
  // With ALL PRIVILEGES back, an earlier attempt has done its first half: what is lent may be gone already.
  if (during === undefined || now.includes(ALL)) return complete;
  const taken = during.filter((privilege) => !now.includes(privilege));
  if (taken.length === 0) return complete;
  if (taken.length === during.length)
    return { grant: [], revoke: [], left: `every grant was revoked meanwhile, and stays so` };
  const left = `[${taken.join(", ")}] was revoked meanwhile, and stays so`;
  const wanted = missing.filter((privilege) => !taken.includes(privilege));
  if (!before.includes(ALL)) return { grant: wanted, revoke: [], left };
  const singly = [
    ...new Set([...wanted.filter((privilege) => privilege !== ALL), ...takenOutOfAll(recorded)]),
  ];
  return { grant: singly.filter((privilege) => !now.includes(privilege)), revoke: [], left };
}

/** ALL PRIVILEGES would bring back what an administrator took: what it gave and was not lent comes back one by one. */
function takenOutOfAll({ level, lent, privileges }: Revocation): readonly Privilege[] {
  return [...READS_IN_ALL[level], ...WRITES_IN_ALL[level]].filter(
    (privilege) => !lent.includes(privilege) && !privileges.includes(privilege),
  );
}

function allFirst(privileges: readonly Privilege[]): readonly Privilege[] {
  return privileges.includes(ALL) ? [ALL, ...privileges.filter((each) => each !== ALL)] : privileges;
}
