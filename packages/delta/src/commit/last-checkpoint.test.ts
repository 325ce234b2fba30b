import { expect, test } from "vitest";
import { checksumOf, lastCheckpoint } from "./last-checkpoint.ts";

test("the checksum is that of the protocol's example", () => {
  const k3 = ["v3", [1, 2], { k4: "v4", k5: ["v5", "v6", "v7"] }];
  expect(checksumOf({ k0: "'v 0'", checksum: "adsaskfljadfkjadfkj", k1: { k2: 2, k3 } })).toBe(
    "6a92d155a59bf2eecbd4b4ec7fd1f875",
  );
});

test("a hint carries the checksum of what it says", () => {
  const hint = { version: 10, size: 12, sizeInBytes: 9007199254740993n, numOfAddFiles: 10 };
  expect(lastCheckpoint(hint)).toBe(
    `{"version":10,"size":12,"sizeInBytes":9007199254740993,"numOfAddFiles":10,"checksum":"${checksumOf(hint)}"}`,
  );
});
