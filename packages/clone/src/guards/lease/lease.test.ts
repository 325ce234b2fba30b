import { describe, expect, test } from "vitest";
import {
  type Claim,
  claim,
  LEASE_MS,
  type Lease,
  type LeaseBook,
  renewed,
  sourceOf,
  targetOf,
} from "./lease.ts";

const NOW = 1_000_000;
const self = { hostname: "here", pid: 1, isAlive: (pid: number) => pid !== 666 };
const me = { run: "mine0001", nonce: "a", holder: self };

function lease(resource: Lease["resource"], change: Partial<Lease> = {}): Lease {
  return {
    resource,
    mode: "exclusive",
    run: "theirs01",
    nonce: "b",
    hostname: "there",
    pid: 7,
    since: NOW - 500,
    expires: NOW + 500,
    ...change,
  };
}

const book = (...leases: readonly Lease[]): LeaseBook => ({ revision: "3", now: NOW, leases });
const target: Claim = { resource: targetOf("Dev"), mode: "exclusive" };
const reading: Claim = { resource: sourceOf("prod"), mode: "shared" };
const quiescing: Claim = { resource: sourceOf("prod"), mode: "exclusive" };

describe("a claim", () => {
  test("of what is free is granted for a while, by the server's clock", () => {
    expect(claim(book(), [target], me)).toEqual({
      kind: "free",
      leases: [
        {
          resource: "target:dev",
          mode: "exclusive",
          run: "mine0001",
          nonce: "a",
          hostname: "here",
          pid: 1,
          since: NOW,
          expires: NOW + LEASE_MS,
        },
      ],
      evicted: [],
    });
  });

  test.each([
    ["two runs into one destination", target, lease("target:dev"), "held"],
    ["two plain clones from one source", reading, lease("source:prod", { mode: "shared" }), "free"],
    ["a quiesce of a source that is being read", quiescing, lease("source:prod", { mode: "shared" }), "held"],
    ["a plain clone from a quiesced source", reading, lease("source:prod"), "held"],
    ["another catalog", target, lease("target:other"), "free"],
    [
      "writing to what another reads",
      { resource: targetOf("prod"), mode: "exclusive" },
      lease("source:prod"),
      "free",
    ],
    ["an expired lease", target, lease("target:dev", { expires: NOW }), "free"],
    ["a dead process of this machine", target, lease("target:dev", { hostname: "here", pid: 666 }), "free"],
    ["a living process of this machine", target, lease("target:dev", { hostname: "here", pid: 5 }), "held"],
    ["the same process id on another machine", target, lease("target:dev", { pid: 666 }), "held"],
  ] as const)("%s", (_, wanted, there, kind) => {
    expect(claim(book(there), [wanted], me).kind).toBe(kind);
  });

  test("names the lease that stands in the way", () => {
    const there = lease("target:dev");
    expect(claim(book(there), [reading, target], me)).toEqual({ kind: "held", by: [there] });
  });

  test("evicts what is dead and forgets what has expired elsewhere, and nothing else", () => {
    const dead = lease("target:dev", { expires: NOW - 1 });
    const stale = lease("source:old", { expires: NOW - 1 });
    const living = lease("source:prod", { mode: "shared", run: "other" });
    const verdict = claim(book(dead, stale, living), [target], me);
    expect(verdict).toMatchObject({ kind: "free", evicted: [dead] });
    expect(verdict.kind === "free" && verdict.leases.map(({ resource }) => resource)).toEqual([
      "source:prod",
      "target:dev",
    ]);
  });

  test("that succeeded although its answer was lost is known again", () => {
    const first = claim(book(), [target, reading], me);
    expect(first.kind === "free" && claim(book(...first.leases), [target, reading], me)).toEqual({
      kind: "mine",
    });
  });

  test("of the same run by another process is another's", () => {
    const first = claim(book(), [target], me);
    expect(first.kind === "free" && claim(book(...first.leases), [target], { ...me, nonce: "c" }).kind).toBe(
      "held",
    );
  });
});

test("I12: of two claimants that see the same book, the second sees what the first wrote, and is held", () => {
  const first = claim(book(), [target], me);
  expect(first.kind).toBe("free");
  const second = claim(book(...(first.kind === "free" ? first.leases : [])), [target], {
    ...me,
    run: "second",
    nonce: "z",
  });
  expect(second.kind).toBe("held");
});

test("renewing prolongs one's own leases only, and is refused when one is gone", () => {
  const granted = claim(book(lease("target:other")), [target], me);
  const leases = granted.kind === "free" ? granted.leases : [];
  const later = { revision: "4", now: NOW + 50_000, leases };
  expect(renewed(later, [target], me)?.map(({ expires }) => expires)).toEqual([
    NOW + 500,
    NOW + 50_000 + LEASE_MS,
  ]);
  expect(renewed({ ...later, leases: leases.slice(0, 1) }, [target], me)).toBeUndefined();
});
