import { describe, expect, test } from "vitest";
import { logFile } from "./names.ts";
import { newestVersion, segmentsFor } from "./segment.ts";

const v = (n: number) => String(n).padStart(20, "0");
const commits = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => `${v(from + i)}.json`);
const log = (...names: string[]) => names.flatMap((name) => logFile(name) ?? []);
const UUID = "80a083e8-7026-4e79-81be-64bd76c43a11";

describe("names in the log", () => {
  test.each([
    [`${v(7)}.json`, { kind: "commit", version: 7 }],
    [`${v(7)}.checkpoint.parquet`, { kind: "checkpoint", version: 7 }],
    [
      `${v(7)}.checkpoint.0000000002.0000000003.parquet`,
      { kind: "checkpoint", version: 7, part: { index: 2, count: 3 } },
    ],
    [`${v(1)}.${v(7)}.compacted.json`, { kind: "compacted", from: 1, version: 7 }],
    [`${v(7)}.checkpoint.${UUID}.json`, { kind: "checkpoint", version: 7 }],
    [`${v(7)}.checkpoint.${UUID}.parquet`, { kind: "checkpoint", version: 7 }],
  ])("%s counts", (name, file) => {
    expect(logFile(name)).toEqual({ ...file, name });
  });

  test.each([
    "_last_checkpoint",
    `${v(7)}.crc`,
    `.${v(7)}.json.${UUID}.tmp`,
    `${v(7)}.json.tmp`,
    `${v(7)}.${v(1)}.compacted.json`,
    "7.json",
    "99999999999999999999.json",
    `${v(7)}.checkpoint.json`,
  ])("%s does not", (name) => {
    expect(logFile(name)).toBeUndefined();
  });
});

describe("what is read for a version", () => {
  test("all commits when there is no checkpoint", () => {
    expect(segmentsFor(log(...commits(0, 3)))).toEqual([{ version: 3, commits: [0, 1, 2, 3] }]);
    expect(segmentsFor(log(...commits(0, 3)), 1)[0]?.commits).toEqual([0, 1]);
  });

  test("the newest complete checkpoint not after it, and what follows; older starts as fallbacks", () => {
    const files = log(
      ...commits(0, 12),
      `${v(5)}.checkpoint.parquet`,
      `${v(10)}.checkpoint.0000000001.0000000002.parquet`,
      `${v(10)}.checkpoint.0000000002.0000000002.parquet`,
      `${v(11)}.checkpoint.0000000001.0000000002.parquet`,
    );
    const starts = segmentsFor(files).map(({ checkpoint, commits }) => [
      checkpoint?.version,
      checkpoint?.names.length,
      commits[0],
    ]);
    expect(starts).toEqual([
      [10, 2, 11],
      [5, 1, 6],
      [undefined, undefined, 0],
    ]);
    expect(segmentsFor(files, 9)[0]?.checkpoint?.version).toBe(5);
  });

  test("compacted commits only where the commits are gone, the longest that fits", () => {
    const compacted = [
      [0, 2],
      [3, 5],
      [3, 9],
      [4, 6],
    ].map(([from = 0, to = 0]) => `${v(from)}.${v(to)}.compacted.json`);
    const ways = (names: readonly string[], version: number) =>
      segmentsFor(log(...names), version).map((s) => [
        s.checkpoint?.version,
        s.compacted?.map((c) => [c.from, c.version]),
        s.commits,
      ]);
    expect(ways([...commits(0, 10), ...compacted], 3)).toEqual([[undefined, undefined, [0, 1, 2, 3]]]);
    const some = [`${v(0)}.json`, ...commits(6, 10), ...compacted];
    const begun = [0, 2];
    expect(ways(some, 10)).toEqual([[undefined, [begun, [3, 9]], [10]]]);
    expect(ways(some, 6)).toEqual([[undefined, [begun, [3, 5]], [6]]]);
    expect(ways([...some, `${v(3)}.checkpoint.parquet`], 7)).toEqual([
      [3, [[4, 6]], [7]],
      [undefined, [begun, [3, 5]], [6, 7]],
    ]);
  });

  test("a checkpoint alone", () => {
    expect(segmentsFor(log(`${v(10)}.checkpoint.parquet`))).toEqual([
      {
        version: 10,
        commits: [],
        checkpoint: { version: 10, names: [`${v(10)}.checkpoint.parquet`] },
      },
    ]);
    expect(newestVersion(log(`${v(10)}.checkpoint.parquet`, ...commits(3, 9)))).toBe(10);
  });

  test.each([
    ["too new", commits(0, 3), 4, "DELTA_VERSION_NOT_FOUND"],
    ["negative", commits(0, 3), -1, "DELTA_VERSION_NOT_FOUND"],
    ["cleaned up", [...commits(10, 12), `${v(10)}.checkpoint.parquet`], 9, "DELTA_VERSION_NOT_FOUND"],
    ["behind a gap", [...commits(0, 2), ...commits(4, 5)], 5, "DELTA_VERSIONS_NOT_CONTIGUOUS"],
    [
      "behind a gap after a checkpoint",
      [`${v(2)}.checkpoint.parquet`, ...commits(4, 5)],
      undefined,
      "DELTA_VERSIONS_NOT_CONTIGUOUS",
    ],
    ["of a log without beginning", commits(3, 5), 4, "DELTA_TRUNCATED_TRANSACTION_LOG"],
    ["of a log without beginning, the newest", commits(3, 5), undefined, "DELTA_TRUNCATED_TRANSACTION_LOG"],
    [
      "below the oldest checkpoint, though its commit stands",
      [...commits(3, 5), `${v(4)}.checkpoint.parquet`],
      3,
      "DELTA_VERSION_NOT_FOUND",
    ],
    ["of an empty log", [], undefined, "DELTA_TABLE_NOT_FOUND"],
    [
      "of an incomplete checkpoint",
      [`${v(2)}.checkpoint.0000000001.0000000002.parquet`],
      undefined,
      "DELTA_TABLE_NOT_FOUND",
    ],
  ])("a version %s is refused", (_, names, version, code) => {
    expect(() => segmentsFor(log(...names), version)).toThrow(expect.objectContaining({ code }));
  });

  test.each([
    [
      "the oldest is what can be put together, not what lies about",
      [...commits(3, 9), `${v(5)}.checkpoint.parquet`],
      4,
      "Cannot time travel Delta table to version 4. Available versions: [5, 9].",
    ],
    [
      "a gap is told by its ends",
      [...commits(0, 2), ...commits(5, 6)],
      6,
      "Versions (2, 5) are not contiguous. A gap in the delta log between versions 2 and 5 was detected while trying to load version 6: commit 3 is missing.",
    ],
  ])("%s", (_, names, version, message) => {
    expect(() => segmentsFor(log(...names), version)).toThrow(message);
  });

  test("names that claim any number of versions or parts cost nothing", () => {
    const far = "00009007199254740990.json";
    const parts = `${v(3)}.checkpoint.0000000001.9999999999.parquet`;
    expect(() => segmentsFor(log(...commits(0, 3), far, parts))).toThrow(
      expect.objectContaining({ code: "DELTA_VERSIONS_NOT_CONTIGUOUS" }),
    );
    expect(segmentsFor(log(...commits(0, 3), far, parts), 3)[0]?.commits).toEqual([0, 1, 2, 3]);
  });
});
