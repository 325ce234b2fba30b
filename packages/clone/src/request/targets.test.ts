import { describe, expect, it, test } from "vitest";
import { type InlineTarget, withSealedTargets } from "./inline-targets.ts";
import { parseCloneRequest, toWire } from "./parse.ts";
import type { CloneRequest } from "./request.ts";
import { requestForTarget, type TargetRequest } from "./targets.ts";

const ends = { source_catalog: "prod", destination_catalog: "dev" };

function parsed(wire: object): CloneRequest {
  const read = parseCloneRequest({ ...ends, ...wire });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.request;
}

function problems(wire: object): readonly string[] {
  const read = parseCloneRequest({ ...ends, ...wire });
  return read.ok ? [] : read.problems.map(({ path, message }) => `${path}: ${message}`);
}

const plain = (connection: string, change: Partial<TargetRequest> = {}): TargetRequest => ({
  connection,
  name: connection,
  handleMasks: false,
  cleanup: false,
  ...change,
});

describe("targets of a request", () => {
  it("none: the source's own workspace", () => {
    expect(parsed({})).toMatchObject({ targets: [] });
    expect(parsed({})).not.toHaveProperty("fanout");
  });

  it("one saved connection by its name, or with what it shall get", () => {
    expect(parsed({ target_workspace: "eu" }).targets).toEqual([plain("eu")]);
    const asked = {
      connection: "eu",
      name: "Europe",
      destination_catalog: "copy",
      data_sync_mode: "incremental",
      auto_handle_masks: true,
      cleanup_after_clone: true,
      host: "",
      token: null,
    };
    expect(parsed({ target_workspace: asked }).targets).toEqual([
      {
        connection: "eu",
        name: "Europe",
        destinationCatalog: "copy",
        syncMode: "incremental",
        handleMasks: true,
        cleanup: true,
      },
    ]);
  });

  it("several are a fan-out, five at once when nothing is said, also when it is a list of one", () => {
    expect(parsed({ target_workspaces: ["a", "b"] })).toMatchObject({
      targets: [plain("a"), plain("b")],
      fanout: { maxParallel: 5 },
    });
    expect(parsed({ target_workspaces: ["a"], fanout_max_parallel: 1 })).toMatchObject({
      targets: [plain("a")],
      fanout: { maxParallel: 1 },
    });
  });

  it("have a name each, whatever connections they share", () => {
    const targets = [
      "eu",
      { connection: "eu", destination_catalog: "two" },
      { connection: "eu", destination_catalog: "three", name: "eu (two)" },
    ];
    expect(parsed({ target_workspaces: targets }).targets.map(({ name }) => name)).toEqual([
      "eu",
      "eu (two) 2",
      "eu (two)",
    ]);
  });

  it.each([
    {},
    { target_workspace: "eu" },
    { target_workspaces: ["a"], fanout_max_parallel: 2 },
    {
      target_workspaces: [
        "a",
        { connection: "a", destination_catalog: "x" },
        { connection: "b", name: "c", data_sync_mode: "force_full", auto_handle_masks: true },
      ],
    },
  ])("%j comes back unchanged from its wire form", (wire) => {
    const request = parsed(wire);
    expect(parsed(toWire(request))).toEqual(request);
  });

  it("may have the source's catalog, as that of another workspace is another", () => {
    const same = { source_catalog: "prod", destination_catalog: "prod" };
    expect(parseCloneRequest({ ...same, target_workspace: "eu" }).ok).toBe(true);
    expect(parseCloneRequest({ ...same, target_workspaces: ["eu"] }).ok).toBe(true);
    expect(parseCloneRequest({ ...same, target_workspaces: [] }).ok).toBe(false);
  });
});

const pat = { host: "https://w", auth_method: "pat", token: "t", warehouse_id: "1" };

describe("a target that cannot be", () => {
  it.each<[string, object, readonly string[]]>([
    [
      "both kinds",
      { target_workspace: "a", target_workspaces: ["b"] },
      ["target_workspaces: Give target_workspace or target_workspaces, not both."],
    ],
    [
      "an unknown key",
      { target_workspace: { conection: "a" } },
      ["target_workspace.conection: Unknown key conection. Did you mean connection?"],
    ],
    [
      "an unknown key beside a wrong value",
      { target_workspaces: ["a", { connection: "b", data_sync_mode: "often", warehouseId: "1" }] },
      [
        "target_workspaces[1].data_sync_mode: target_workspaces[1].data_sync_mode must be one of snapshot_once, incremental, force_full.",
        "target_workspaces[1].warehouseId: Unknown key warehouseId. Did you mean warehouse_id?",
      ],
    ],
    ["no target", { target_workspace: 5 }, ["target_workspace: target_workspace must be text or an object."]],
    [
      "an empty name",
      { target_workspaces: [""] },
      ["target_workspaces[0]: target_workspaces[0] must not be empty."],
    ],
    [
      "nothing said",
      { target_workspace: { destination_catalog: "x" } },
      ["target_workspace: target_workspace names neither a connection nor a host."],
    ],
    [
      "no way to authenticate",
      { target_workspace: { host: "https://w", token: "t" } },
      [
        "target_workspace.auth_method: target_workspace.auth_method is required with a host: pat, service_principal or profile.",
      ],
    ],
    [
      "a token missing",
      { target_workspace: { ...pat, token: undefined } },
      ["target_workspace.token: target_workspace.token is required for auth_method pat."],
    ],
    [
      "half a service principal",
      { target_workspaces: [{ ...pat, auth_method: "service_principal", token: "", client_id: "x" }] },
      [
        "target_workspaces[0].client_secret: target_workspaces[0].client_secret is required for auth_method service_principal.",
      ],
    ],
    [
      "credentials of another kind",
      { target_workspace: { auth_method: "profile", profile: "P", token: "t" } },
      ["target_workspace.token: target_workspace.token is not used by auth_method profile: leave it out."],
    ],
    [
      "credentials that would be kept with the request",
      { target_workspace: pat },
      [
        "target_workspace: target_workspace has credentials of its own, which cannot be kept here. Save it as a connection, and give its name.",
      ],
    ],
    [
      "a connection with another host",
      { target_workspace: { connection: "a", host: "https://w" } },
      [
        "target_workspace.host: Give target_workspace.connection or target_workspace.host, not both: a saved connection has its own.",
      ],
    ],
    [
      "a destination that is none",
      { target_workspace: { connection: "a", destination_catalog: "a.b" } },
      [
        expect.stringMatching(
          /^target_workspace\.destination_catalog: .* cannot be a catalog name/u,
        ) as string,
      ],
    ],
    [
      "the same place twice",
      { target_workspaces: ["a", { connection: "a", destination_catalog: "DEV" }] },
      [
        "target_workspaces[1]: target_workspaces[1] is the same target as target_workspaces[0]: name another destination_catalog.",
      ],
    ],
    [
      "the same name twice",
      {
        target_workspaces: [
          { connection: "a", name: "x" },
          { connection: "b", name: "X" },
        ],
      },
      ["target_workspaces[1].name: target_workspaces[1].name is the name of target_workspaces[0] too."],
    ],
    [
      "none at once",
      { target_workspaces: ["a"], fanout_max_parallel: 0 },
      ["fanout_max_parallel: fanout_max_parallel must be at least 1."],
    ],
  ])("%s", (_, wire, told) => {
    expect(problems(wire)).toEqual(told);
  });
});

describe("a target that says itself how to connect", () => {
  it("pitfall 26: gives its credentials away before the request is read, and is known by its address", async () => {
    const sealed: InlineTarget[] = [];
    const seal = (target: InlineTarget) => `ref-${sealed.push(target)}`;
    const wire = { ...ends, target_workspaces: ["eu", pat, { ...pat, destination_catalog: "x" }] };
    const read = parseCloneRequest(await withSealedTargets(wire, seal));
    expect(read.ok && read.request.targets).toEqual([
      plain("eu"),
      plain("ref-1", { name: "w" }),
      plain("ref-2", { name: "w 2", destinationCatalog: "x" }),
    ]);
    expect(sealed).toEqual([
      { host: "https://w", warehouseId: "1", auth: { method: "pat", token: "t" } },
      { host: "https://w", warehouseId: "1", auth: { method: "pat", token: "t" } },
    ]);
    expect(JSON.stringify(read)).not.toContain('"t"');
  });

  it.each([
    [undefined],
    [[]],
    [{ ...ends }],
    [{ ...ends, target_workspaces: "a" }],
    [{ ...ends, target_workspace: { host: "https://w" } }],
  ])("is left to whoever reads the request when it is none: %j", async (wire) => {
    const never = () => {
      throw new Error("sealed");
    };
    expect(await withSealedTargets(wire, never)).toEqual(wire);
  });
});

test.each([
  [undefined, { loadType: "INCREMENTAL", forceReclone: false }],
  ["snapshot_once", { loadType: "INCREMENTAL", forceReclone: false }],
  ["incremental", { loadType: "SELECTIVE", forceReclone: false }],
  ["force_full", { loadType: "FULL", forceReclone: true }],
] as const)("data_sync_mode %s asks its target for %j", (mode, asked) => {
  const target = { connection: "b", destination_catalog: "copy", ...(mode ? { data_sync_mode: mode } : {}) };
  const request = parsed({ load_type: "INCREMENTAL", target_workspaces: ["a", target] });
  const [, second = plain("")] = request.targets;
  const single = requestForTarget(request, second);
  expect(single).toMatchObject({ ...asked, destinationCatalog: "copy", targets: [second] });
  expect(single).not.toHaveProperty("fanout");
});
