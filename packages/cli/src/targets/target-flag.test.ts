import { describe, expect, it } from "vitest";
import { onlyTargetKey, targetFlag, targetKeys } from "./target-flag.ts";

describe("--target", () => {
  it.each([
    ["name=prod-eu", { connection: "prod-eu" }],
    ["name=prod eu,dest=copies", { connection: "prod eu", destination_catalog: "copies" }],
    [" dest=c , name=n ", { connection: "n", destination_catalog: "c" }],
    ["name=n,dest=,sync=force_full", { connection: "n", data_sync_mode: "force_full" }],
  ])("reads %j", (text, target) => {
    expect(targetFlag(text)).toEqual([target]);
  });

  it.each(["", "prod-eu", "dest=c", "name=", "name=a,destination=b", "name=a,b"])("refuses %j", (text) => {
    expect(() => targetFlag(text)).toThrow("Write it as name=CONNECTION");
  });

  it("is a target, repeated a fan-out, and nothing when it was not typed", () => {
    const one = targetFlag("name=a");
    const two = targetFlag("name=b,dest=c", one);
    expect(targetKeys(undefined)).toEqual({});
    expect(targetKeys(one)).toEqual({ target_workspace: { connection: "a" } });
    expect(targetKeys(two)).toEqual({
      target_workspaces: [{ connection: "a" }, { connection: "b", destination_catalog: "c" }],
    });
  });

  it("is refused twice where one is looked at", () => {
    const one = targetFlag("name=a");
    expect(onlyTargetKey(one)).toEqual({ target_workspace: { connection: "a" } });
    expect(() => onlyTargetKey(targetFlag("name=b", one))).toThrow("one target at a time, and 2 are named");
  });
});
