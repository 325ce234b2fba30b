import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { targetFlag } from "../../targets/target-flag.ts";
import type { CloneFlags } from "./flags.ts";
import { wireOf } from "./request.ts";

const nothing: CloneFlags = {
  permissions: true,
  ownership: true,
  tags: true,
  security: true,
  constraints: true,
  comments: true,
  properties: true,
  views: true,
  functions: true,
  volumes: true,
};

function folder(yaml: string): { cwd: string } {
  const cwd = mkdtempSync(join(tmpdir(), "clxs-request-"));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  writeFileSync(join(cwd, "clxs.yaml"), yaml);
  return { cwd };
}

const FILE = `source_catalog: prod
destination_catalog: copy
target_workspace: staging
profiles:
  all:
    target_workspaces: [eu, us]
`;

it.each<[string, Partial<CloneFlags>, Record<string, unknown>]>([
  ["the file's", {}, { target_workspace: "staging" }],
  ["the profile's", { configProfile: "all" }, { target_workspaces: ["eu", "us"] }],
  [
    "the flag's",
    { configProfile: "all", target: targetFlag("name=x") },
    { target_workspace: { connection: "x" } },
  ],
])("targets are one setting: %s stand for all of them", async (_, flags, targets) => {
  expect(await wireOf({ ...nothing, ...flags }, folder(FILE))).toEqual({
    source_catalog: "prod",
    destination_catalog: "copy",
    ...targets,
  });
});

it("takes the destination of the first target where nothing else names one", async () => {
  const target = targetFlag("name=us,dest=b", targetFlag("name=eu,dest=a"));
  const wire = await wireOf({ ...nothing, target }, folder("source_catalog: prod"));
  expect(wire).toMatchObject({ destination_catalog: "a" });
});
