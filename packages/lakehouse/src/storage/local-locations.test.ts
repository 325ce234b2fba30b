import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { defaultMappings, localLocations } from "./local-locations.ts";

const base = realpathSync(mkdtempSync(join(tmpdir(), "clxs-locations-")));
const workspace = join(base, "workspace");
const allowed = join(base, "allowed");
const secret = join(base, "secret");
mkdirSync(join(secret, "inner"), { recursive: true });
const locations = localLocations({
  directory: workspace,
  allowPaths: [allowed],
  mappings: [...defaultMappings(workspace), { prefix: "s3://b", directory: join(base, "b") }],
});
symlinkSync(secret, join(allowed, "link"));
afterAll(() => rmSync(base, { recursive: true }));

describe("a location that is allowed", () => {
  test.for([
    [`${allowed}/t`, `${allowed}/t`],
    [`${allowed}/a/../t/`, `${allowed}/t`],
    [`file:${allowed}/t`, `${allowed}/t`],
    [`file://${allowed}/a%20b`, `${allowed}/a b`],
    ["s3://your-bucket/test/parquet", `${workspace}/mounts/your-bucket/test/parquet`],
    ["s3://b/x", `${base}/b/x`],
    ["s3://b", `${base}/b`],
    [`${workspace}/tables/1`, `${workspace}/tables/1`],
  ])("%s", ([uri = "", path]) => {
    expect(locations.resolve(uri)).toBe(path);
  });
});

describe("a location that is not", () => {
  test.for([
    [secret, "--allow-path"],
    [`${allowed}2/t`, "--allow-path"],
    [`${allowed}/../secret`, "--allow-path"],
    [`${allowed}/link/inner`, "--allow-path"],
    [`${allowed}/link/not/there/yet`, "--allow-path"],
    ["s3://b/../secret", "--allow-path"],
    ["s3://bb/x", "--map s3://bb=DIRECTORY"],
    ["s3://other/x", "--map s3://other=DIRECTORY"],
    ["dbfs:/tmp/x", "--map"],
    ["relative/path", "absolute"],
  ])("%s", ([uri = "", hint = ""]) => {
    expect(() => locations.resolve(uri)).toThrow(hint);
  });
});

test("only what the workspace made is its own to delete", () => {
  expect(locations.isManaged(locations.newTableDirectory("u"))).toBe(true);
  expect(locations.isManaged(locations.newVolumeDirectory("u"))).toBe(true);
  expect(locations.isManaged(join(workspace, "tables"))).toBe(false);
  expect(locations.isManaged(`${join(workspace, "tables")}/`)).toBe(false);
  expect(locations.isManaged(join(allowed, "t"))).toBe(false);
  expect(locations.isManaged(join(workspace, "tables", "..", "mounts"))).toBe(false);
});
