import { array, assert, constantFrom, nat, oneof, property, record } from "fast-check";
import { describe, expect, test } from "vitest";
import { added } from "../../test/memory-table.ts";
import type { Action } from "../index.ts";
import { printAction } from "./action-text.ts";
import { advance, type CommitText, EMPTY_STATE, type TableState } from "./state.ts";

const ROOT = "/w/t";
const file = (n: number) => `part-${n}.parquet`;
/** One file by several spellings. */
const spelling = (n: number, how: number) =>
  [file(n), `./${file(n)}`, `${ROOT}/${file(n)}`, `file:${ROOT}/${file(n)}`, file(n).replace("-", "%2D")][
    how
  ] ?? "";
const vector = (n: number) =>
  ({ storageType: "u", pathOrInlineDv: "ab", offset: n, sizeInBytes: 1, cardinality: 1 }) as const;

interface Step {
  readonly add: boolean;
  readonly n: number;
  readonly how: number;
  readonly vector: number;
}

const step = record({
  add: oneof(constantFrom(true), constantFrom(true, false)),
  n: nat(4),
  how: nat(4),
  vector: nat(2),
});
const commitsOf = array(array(step, { maxLength: 4 }), { maxLength: 12 });

function actionOf({ add, n, how, vector: v }: Step): Action {
  const path = spelling(n, how);
  const more = v === 0 ? {} : { deletionVector: vector(v) };
  return add ? { add: added(path, { size: n, ...more }) } : { remove: { path, dataChange: true, ...more } };
}

function text(steps: readonly Step[], version: number): CommitText {
  return { path: `${version}.json`, lines: steps.map((s) => printAction(actionOf(s))) };
}

/** The live files by the plainest means: the actions carried out one after the other. */
function model(commits: readonly (readonly Step[])[]): string[] {
  const live = new Set<string>();
  for (const { add, n, vector } of commits.flat()) {
    if (add) live.add(`${n}/${vector}`);
    else live.delete(`${n}/${vector}`);
  }
  return [...live].sort();
}

function keysOf({ live }: TableState): string[] {
  const offsets = (key: string) => key.split("\u0000")[1]?.slice("uab@".length) ?? "0";
  return live.keys.map((key) => `${/\d+/.exec(key)?.[0]}/${offsets(key)}`).sort();
}

describe("replay", () => {
  test("of every prefix, at once or going on from any version, equals carrying the actions out in order", () => {
    assert(
      property(commitsOf, nat(12), (commits, cut) => {
        const texts = commits.map(text);
        const half = advance(ROOT, EMPTY_STATE, texts.slice(0, cut));
        expect(keysOf(half)).toEqual(model(commits.slice(0, cut)));
        const whole = advance(ROOT, EMPTY_STATE, texts);
        expect(keysOf(whole)).toEqual(model(commits));
        const continued = advance(ROOT, half, texts.slice(cut));
        expect(keysOf(continued)).toEqual(keysOf(whole));
        expect([...continued.tombstones.keys].sort()).toEqual([...whole.tombstones.keys].sort());
        expect(continued.live.sizes.length).toBe(continued.live.texts.length);
      }),
    );
  });

  test("keeps the last protocol, metadata, transaction and domain", () => {
    const protocol = (n: number): Action => ({ protocol: { minReaderVersion: 1, minWriterVersion: n } });
    const txn = (appId: string, version: number): Action => ({ txn: { appId, version } });
    const domain = (configuration: string, removed = false): Action => ({
      domainMetadata: { domain: "d", configuration, removed },
    });
    const commit = (...actions: Action[]) => ({ path: "x", lines: actions.map(printAction) });
    const first = advance(ROOT, EMPTY_STATE, [
      commit(protocol(2), txn("a", 1), txn("b", 1), domain("1")),
      commit(protocol(3), txn("a", 2)),
    ]);
    expect([
      first.protocol?.minWriterVersion,
      [...first.transactions.values()].map((t) => t.version),
    ]).toEqual([3, [2, 1]]);
    expect(first.domains.get("d")?.configuration).toBe("1");
    expect(advance(ROOT, first, [commit(domain("", true))]).domains.size).toBe(0);
    expect(
      advance(ROOT, first, [commit(domain("", true)), commit(domain("2"))]).domains.get("d")?.configuration,
    ).toBe("2");
  });

  test("names the file and line that cannot be read", () => {
    const broken = {
      path: "/w/t/_delta_log/7.json",
      lines: ['{"txn":{"appId":"a","version":1}}', '{"add":{"path":"x","size":'],
    };
    expect(() => advance(ROOT, EMPTY_STATE, [broken])).toThrow(
      expect.objectContaining({
        code: "DELTA_LOG_CORRUPT",
        message: expect.stringContaining("/w/t/_delta_log/7.json, line 2") as string,
      }),
    );
  });

  test("reads lines that hand-edited logs have, as Spark does", () => {
    const lines = ['{"commitInfo":{"userId":<redacted>}}', `${printAction({ add: added("a") })}x`, ""];
    const { live } = advance(ROOT, EMPTY_STATE, [{ path: "x", lines }]);
    expect(live.texts).toEqual([printAction({ add: added("a") })]);
  });
});
