import fc from "fast-check";
import { expect, test } from "vitest";
import type { DirectGrant } from "../../inspect/inventory.ts";
import { heldDuring, planQuiesce, type Revocation } from "./plan-quiesce.ts";
import { planRestore, type RecordedRevocation } from "./plan-restore.ts";
import { READS_IN_ALL } from "./privileges.ts";

const table = { level: "table", schema: "s", name: "t", principal: "writer" } as const;
const plain: Revocation = { ...table, privileges: ["SELECT", "MODIFY"], revoked: ["MODIFY"], lent: [] };
const all: Revocation = {
  ...table,
  privileges: ["ALL_PRIVILEGES"],
  revoked: ["ALL_PRIVILEGES"],
  lent: ["SELECT", "APPLY_TAG"],
};
const settled = (revocation: Revocation): RecordedRevocation => ({
  ...revocation,
  during: heldDuring(revocation),
});

test.each<[string, RecordedRevocation, readonly string[], ReturnType<typeof planRestore>]>([
  ["what was taken comes back", settled(plain), ["SELECT"], { grant: ["MODIFY"], revoke: [] }],
  [
    "what is back already is not given twice",
    settled(plain),
    ["SELECT", "MODIFY"],
    { grant: [], revoke: [] },
  ],
  [
    "ALL PRIVILEGES comes back, what was lent goes",
    settled(all),
    ["SELECT", "APPLY_TAG"],
    { grant: ["ALL_PRIVILEGES"], revoke: ["SELECT", "APPLY_TAG"] },
  ],
  [
    "cut short after ALL was given back",
    settled(all),
    ["ALL_PRIVILEGES", "SELECT", "APPLY_TAG"],
    { grant: [], revoke: ["SELECT", "APPLY_TAG"] },
  ],
  [
    "cut short in the middle of what goes",
    settled(all),
    ["ALL_PRIVILEGES", "APPLY_TAG"],
    { grant: [], revoke: ["APPLY_TAG"] },
  ],
  ["cut short between REVOKE ALL and what is lent", all, [], { grant: ["ALL_PRIVILEGES"], revoke: [] }],
  ["cut short before anything was revoked", all, ["ALL_PRIVILEGES"], { grant: [], revoke: [] }],
  [
    "what an administrator granted meanwhile stays",
    settled(plain),
    ["SELECT", "MANAGE"],
    { grant: ["MODIFY"], revoke: [] },
  ],
  [
    "every grant revoked by an administrator: nothing comes back",
    settled(plain),
    [],
    { grant: [], revoke: [], left: "every grant was revoked meanwhile, and stays so" },
  ],
  [
    "a lent read revoked by an administrator: the rest of ALL PRIVILEGES comes back singly",
    settled(all),
    ["APPLY_TAG"],
    { grant: ["MODIFY"], revoke: [], left: "[SELECT] was revoked meanwhile, and stays so" },
  ],
])("%s", (_, recorded, now, restoration) => {
  expect(planRestore(recorded, now)).toEqual(restoration);
});

const privileges = fc.uniqueArray(
  fc.constantFrom("ALL_PRIVILEGES", "SELECT", "MODIFY", "APPLY_TAG", "MANAGE"),
  { minLength: 1 },
);
const held = (now: readonly string[], { grant, revoke }: ReturnType<typeof planRestore>) =>
  [...new Set([...now, ...grant])].filter((privilege) => !revoke.includes(privilege)).sort();

test("whatever was held, taking and giving back leaves it as it was, also when it was cut short and is repeated", () => {
  fc.assert(
    fc.property(privileges, fc.boolean(), (before, readBack) => {
      const grants = before.map((privilege): DirectGrant => ({ ...table, privilege }));
      const scope = { catalog: "c", contains: () => true, wholeCatalog: true };
      const [revocation] = planQuiesce({ grants, owners: [], scope, runner: "me" }).revocations;
      if (revocation === undefined) return;
      const during = heldDuring(revocation);
      expect(during).not.toContain("MODIFY");
      const reads = before.includes("ALL_PRIVILEGES") ? READS_IN_ALL.table : [];
      expect(during).toEqual(expect.arrayContaining([...reads]));
      const recorded = readBack ? { ...revocation, during } : revocation;
      const once = held(during, planRestore(recorded, during));
      expect(once).toEqual([...before].sort());
      expect(held(once, planRestore(recorded, once))).toEqual(once);
    }),
  );
});
