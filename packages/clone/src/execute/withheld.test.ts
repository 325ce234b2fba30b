import { describe, expect, it } from "vitest";
import type { Step } from "../plan/plan.ts";
import { openWithheld } from "./withheld.ts";

const step = (id: string, kind: Step["kind"], object: string): Step => ({
  id,
  stage: "tables",
  kind,
  object,
  reason: "never_cloned",
  dependsOn: [],
  operation: { kind: "create_catalog", catalog: "dev", comment: null },
});
const table = step("table:s.a", "table", "dev.s.a");
const view = step("view:s.v", "view", "dev.s.v");
const residue = { object: "s.a", what: "table", reason: "it cannot be shared" };
const unshared = [{ step: "table:s.a", residue }];

describe("steps that a route cannot serve", () => {
  it("are left out with the reason, and nothing else is", () => {
    const withheld = openWithheld([]);
    withheld.add(unshared);
    expect(withheld.of(table)).toEqual({ reason: residue.reason, residue });
    expect(withheld.of(view)).toBeUndefined();
    expect(withheld.because(view, step("table:s.b", "table", "dev.s.b"))).toBeUndefined();
  });

  it("are known from what an earlier process came to", () => {
    const known = { state: "succeeded", unshared, startedAt: 0, endedAt: 0 } as const;
    expect(openWithheld([known]).of(table)).toEqual({ reason: residue.reason, residue });
  });

  it("take along what needs them, each with a line of its own", () => {
    const withheld = openWithheld([]);
    withheld.add(unshared);
    const reason = "it needs s.a, which is not copied: it cannot be shared";
    expect(withheld.because(view, table)).toEqual({
      reason,
      residue: { object: "s.v", what: "view", reason },
    });
    const key = step("key", "governance", "dev.s.b");
    expect(withheld.because(key, table)?.residue).toEqual({ object: "s.b", what: "constraints", reason });
  });

  it("take along what stands around them without another word", () => {
    const withheld = openWithheld([]);
    withheld.add(unshared);
    const tags = step("tags", "governance", "dev.s.a.id");
    expect(withheld.because(tags, table)).toEqual({ reason: residue.reason });
    // Not dev.s.a's: its name only begins alike.
    expect(withheld.because(step("t", "governance", "dev.s.ab"), table)?.residue).toBeDefined();
  });
});
