import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DEFAULT_SETTINGS } from "@clone-xs/clone";
import { describe, expect, it, onTestFinished } from "vitest";
import { type CloneFlags } from "./commands/clone/flags.ts";
import { wireOf } from "./commands/clone/request.ts";
import { configurationOf } from "./configuration.ts";

/** A directory that holds files, gone when the test is over. */
function directoryWith(files: Readonly<Record<string, string>>): { readonly cwd: string } {
  const cwd = mkdtempSync(join(tmpdir(), "clxs-config-"));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  return { cwd };
}

const typed = (flags: Partial<CloneFlags>): CloneFlags => ({
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
  ...flags,
});

describe("the configuration file", () => {
  it("is clxs.yaml of the current directory unless another is named", async () => {
    const here = directoryWith({
      "clxs.yaml": "settings: {protected_catalogs: [prod]}",
      "other.yaml": "settings: {protected_catalogs: [dev]}",
    });
    const catalogsOf = async (options: { config?: string }) =>
      (await configurationOf(options, here)).settings.protectedCatalogs;
    expect(await catalogsOf({})).toEqual(["prod"]);
    expect(await catalogsOf({ config: "other.yaml" })).toEqual(["dev"]);
    expect((await configurationOf({}, directoryWith({}))).settings).toEqual(DEFAULT_SETTINGS);
  });

  it.each([
    ["is not there", { config: "gone.yaml" }, {}, /^--config: gone\.yaml cannot be read/u],
    [
      "has an unknown key",
      {},
      { "clxs.yaml": "profiles:\n  a:\n    laod_type: FULL\n" },
      /^clxs\.yaml:3:5: Unknown key laod_type\. Did you mean load_type\?$/u,
    ],
  ])("that %s is an error that says where", async (_, options, files, message) => {
    await expect(configurationOf(options, directoryWith(files))).rejects.toThrow(message);
  });

  it("gives its keys, a profile's over them, and flags over both", async () => {
    const here = directoryWith({
      "clxs.yaml":
        "source_catalog: a\ndestination_catalog: b\nload_type: FULL\nprofiles:\n  nightly: {destination_catalog: c, load_type: SELECTIVE}\n",
    });
    expect(await wireOf(typed({}), here)).toMatchObject({ destination_catalog: "b", load_type: "FULL" });
    const nightly = typed({ configProfile: "nightly", dest: "d" });
    expect(await wireOf(nightly, here)).toEqual({
      source_catalog: "a",
      destination_catalog: "d",
      load_type: "SELECTIVE",
    });
    await expect(wireOf(typed({ configProfile: "nightlt" }), here)).rejects.toThrow(
      "--config-profile: the configuration has no profile nightlt. Profiles there: nightly.",
    );
  });
});
