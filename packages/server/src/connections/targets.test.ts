import { Secret } from "@clone-xs/databricks/client";
import { describe, expect, it } from "vitest";
import { temporaryConnections } from "../../test/fixtures.ts";
import { readCloneRequest } from "../validation.ts";
import { settleTargets, targetsOf } from "./targets.ts";

const from = { source_catalog: "prod", destination_catalog: "copy" };
const given = {
  host: "https://new.example.com/?o=1",
  auth_method: "pat",
  token: "dapi-planted",
  warehouse_id: "w",
};

function saved() {
  const connections = temporaryConnections();
  const credentials = { method: "pat", token: new Secret("t") } as const;
  connections.add("eu", { host: "https://eu.example.com", destinationCatalog: "copy_eu", credentials }, 1);
  connections.add("us", { host: "https://us.example.com", credentials }, 1);
  connections.add("us2", { host: "https://us.example.com", credentials }, 1);
  return connections;
}

async function pathsRefused(body: object): Promise<readonly string[]> {
  const refusal = (error: unknown) => error as { fields: readonly { path: string }[] };
  const { fields } = await settleTargets({ ...from, ...body }, saved()).then(
    () => ({ fields: [] }),
    (error: unknown) => refusal(error),
  );
  return fields.map(({ path }) => path);
}

describe("settleTargets", () => {
  it("fills in the destination that is saved, unless the request names one", async () => {
    const targets = ["eu", "us", { connection: "eu", destination_catalog: "mine" }];
    const { body } = await settleTargets({ ...from, target_workspaces: targets }, saved());
    expect(body).toEqual({
      ...from,
      target_workspaces: [
        { connection: "eu", destination_catalog: "copy_eu" },
        "us",
        { connection: "eu", destination_catalog: "mine" },
      ],
    });
  });

  it("puts a reference in the place of what says itself how to connect, and gives its details apart", async () => {
    const target = { ...given, destination_catalog: "there", auto_handle_masks: true };
    const settled = await settleTargets({ ...from, target_workspace: target }, saved());
    const [reference = ""] = settled.given.keys();
    expect(settled.body).toEqual({
      ...from,
      target_workspace: {
        connection: reference,
        name: "new.example.com",
        destination_catalog: "there",
        auto_handle_masks: true,
      },
    });
    expect(settled.given.get(reference)).toMatchObject({ host: "https://new.example.com", warehouseId: "w" });
    expect(JSON.stringify([settled.body, [...settled.given]])).not.toContain("dapi-planted");
  });

  it.each([
    [{ target_workspace: "nowhere" }, ["target_workspace"]],
    [{ target_workspace: { connection: "nowhere" } }, ["target_workspace.connection"]],
    [{ target_workspace: { connection: "inline:1" } }, ["target_workspace.connection"]],
    [{ target_workspaces: ["eu", "EU"] }, ["target_workspaces[1]"]],
    [
      { target_workspaces: ["eu", { ...given, host: "http://new.example.com" }] },
      ["target_workspaces[1].host"],
    ],
    [{ target_workspace: { ...given, token: "two words" } }, ["target_workspace.token"]],
  ])("refuses %j at its path", async (body, paths) => {
    expect(await pathsRefused(body)).toEqual(paths);
  });

  it.each([
    null,
    [],
    "text",
    from,
    { ...from, target_workspace: null },
    { ...from, target_workspaces: "eu" },
  ])("leaves %j to whoever judges the request", async (body) => {
    expect(await settleTargets(body, saved())).toEqual({ body, given: new Map() });
  });
});

describe("targetsOf", () => {
  const placesOf = async (targets: readonly unknown[]) => {
    const connections = saved();
    const { body, given: added } = await settleTargets({ ...from, target_workspaces: targets }, connections);
    return targetsOf(readCloneRequest(body), { connections, given: added });
  };

  it("tells workspace and catalog of each", async () => {
    expect(await placesOf(["eu", given, { auth_method: "profile", profile: "DEV" }])).toEqual([
      { name: "eu", destinationCatalog: "copy_eu", place: "https://eu.example.com/copy_eu" },
      { name: "new.example.com", destinationCatalog: "copy", place: "https://new.example.com/copy" },
      { name: "DEV", destinationCatalog: "copy", place: expect.stringMatching(/^profile /u) as string },
    ]);
  });

  it("refuses two that are one place, however they are called and written", async () => {
    const same = ["us", { connection: "us2", destination_catalog: "COPY" }];
    await expect(placesOf(same)).rejects.toMatchObject({ code: "INVALID_REQUEST" });
    expect(await placesOf(["us", { connection: "us2", destination_catalog: "other" }])).toHaveLength(2);
  });
});
