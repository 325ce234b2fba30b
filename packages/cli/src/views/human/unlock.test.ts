import { expect, test } from "vitest";
import { unlockText } from "./unlock.ts";

const since = Date.UTC(2026, 0, 2, 3, 4, 5);
const dead = {
  run: "1a2b3c4d",
  hostname: "laptop",
  pid: 42,
  since,
  dead: true,
  leases: [
    {
      resource: "source:prod",
      mode: "exclusive",
      run: "1a2b3c4d",
      nonce: "n",
      hostname: "laptop",
      pid: 42,
      since,
      expires: since,
    },
  ],
  guards: [
    {
      id: "g",
      runId: "1a2b3c4d",
      metastoreId: "m",
      state: {
        catalog: "prod",
        revocations: [
          { level: "catalog", principal: "w", privileges: ["MODIFY"], revoked: ["MODIFY"], lent: [] },
        ],
      },
    },
  ],
  locks: [],
} as const;

test("a line for each run, and below it what it held", () => {
  expect(unlockText({ released: [{ ...dead, failures: [] }], left: [] }, false)).toBe(
    `Released run 1a2b3c4d (process 42 on laptop, since 2026-01-02T03:04:05.000Z):
  1 grant revoked on prod
  exclusive lease on source prod`,
  );
});

test("a dry run says what it would do, and why the rest is left", () => {
  const alive = { ...dead, run: "alive001", dead: false, guards: [] };
  const text = unlockText({ released: [{ ...dead, failures: [] }], left: [alive] }, true);
  expect(text).toMatch(/^Would release run 1a2b3c4d/u);
  expect(text).toContain(
    "Left run alive001 (process 42 on laptop, since 2026-01-02T03:04:05.000Z), which seems to be alive:",
  );
});

test("nothing held", () => {
  expect(unlockText({ released: [], left: [] }, false)).toBe("Nothing is held.");
});
