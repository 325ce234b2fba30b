import { readdirSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { buildOnce, locationOf, openShell } from "./harness.ts";

const shell = openShell();
beforeAll(buildOnce);
afterAll(() => shell.remove());

const passing = [
  /^✓ demo_quick is (made|there from before): \d+ tables$/u,
  /^✓ Cloned into demo_copy: 21 tables, with 5 views and 3 functions, in/u,
  /^✓ Row by row, the copy equals the source \(\d+ tables, \d+ rows\)$/u,
  /^✓ One row inserted into bronze.events: the comparison finds exactly that table$/u,
  /^✓ A SELECTIVE clone copies what drifted and nothing else: bronze.events \(version_drift\)$/u,
  /^✓ Row by row, the copy equals the source again/u,
  /^✓ Once more: everything is in sync, nothing is copied$/u,
];

function checks(stdout: string): readonly string[] {
  return stdout.split("\n").filter((line) => /^[✓✗]/u.test(line));
}

test("the demo shows each of its claims, and says where to look next", async () => {
  const { code, stdout, stderr } = await shell.run("demo");
  expect({ code, stderr }).toMatchObject({ code: 0 });
  expect(checks(stdout)).toEqual(passing.map((pattern) => expect.stringMatching(pattern)));
  expect(stdout).toContain("Where to look next");
  expect(stderr).toMatch(/^Connected to embedded:/u);
});

test("it can be run again in a workspace that is there from before", async () => {
  const { code, stdout } = await shell.run("demo");
  expect(code).toBe(0);
  expect(checks(stdout)).toEqual(passing.map((pattern) => expect.stringMatching(pattern)));
});

test("a copied file that is damaged is noticed: exit code 1", async () => {
  const folder = await locationOf(shell, "demo_copy.silver.orders");
  const file = readdirSync(folder, { recursive: true, encoding: "utf8" }).find((name) =>
    name.endsWith(".parquet"),
  );
  const path = join(folder, file ?? "missing");
  const { size } = statSync(path);
  truncateSync(path, 4);
  writeFileSync(path, Buffer.concat([Buffer.from("PAR1"), Buffer.alloc(size - 4, 7)]));
  const { code, stdout, stderr } = await shell.run("demo");
  expect({ code, stderr }).toMatchObject({ code: 1 });
  expect(checks(stdout)[2]).toMatch(/^✗ Row by row, the copy equals the source/u);
  expect(stdout).toContain("silver.orders");
  expect(stdout).toContain("The demo failed.");
});
