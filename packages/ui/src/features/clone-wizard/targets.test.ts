import { describe, expect, it } from "vitest";
import { targetProblems } from "./target-problems.ts";
import {
  atHome,
  choiceOf,
  newTarget,
  requestFor,
  type TargetChoice,
  targetKeys,
  withTarget,
} from "./targets.ts";

const elsewhere: TargetChoice = { ...atHome, elsewhere: true };
const [one, two] = [newTarget("one"), newTarget("two")];

describe("targetKeys", () => {
  it.each<[string, Partial<TargetChoice>, object]>([
    ["the source's own workspace, whatever was picked before", { elsewhere: false, targets: [one] }, {}],
    ["one saved connection", { targets: [one] }, { target_workspace: "one" }],
    ["the first where one is wanted", { targets: [one, two] }, { target_workspace: "one" }],
    [
      "one with everything said for it",
      {
        targets: [{ ...one, destination: " dev ", syncMode: "force_full", handleMasks: true, cleanup: true }],
      },
      {
        target_workspace: {
          connection: "one",
          destination_catalog: "dev",
          data_sync_mode: "force_full",
          auto_handle_masks: true,
          cleanup_after_clone: true,
        },
      },
    ],
    [
      "the same workspace twice",
      { fanOut: true, targets: [one, { ...one, name: "one (dev)", destination: "dev" }] },
      { target_workspaces: ["one", { connection: "one", name: "one (dev)", destination_catalog: "dev" }] },
    ],
    ["several", { fanOut: true, targets: [one, two] }, { target_workspaces: ["one", "two"] }],
    ["a fan-out to one", { fanOut: true, targets: [two] }, { target_workspaces: ["two"] }],
    [
      "several, two at once",
      { fanOut: true, targets: [one, { ...two, destination: "dev" }], targetsAtOnce: 2 },
      {
        target_workspaces: ["one", { connection: "two", destination_catalog: "dev" }],
        fanout_max_parallel: 2,
      },
    ],
  ])("%s", (_, change, expected) => {
    const keys = targetKeys({ ...elsewhere, ...change });
    expect(keys).toEqual(expected);
    const request = { source_catalog: "prod", destination_catalog: "dev", ...keys };
    expect(targetKeys(choiceOf(request))).toEqual(expected);
  });
});

it("knows a target by its connection where a request says both", () => {
  const request = {
    source_catalog: "prod",
    destination_catalog: "dev",
    target_workspace: {
      connection: "one",
      name: "one",
      auto_handle_masks: false,
      cleanup_after_clone: false,
    },
  };
  expect(choiceOf(request).targets).toEqual([one]);
});

it("looks at one target at a time", () => {
  const choice = { ...elsewhere, fanOut: true, targets: [one, two], targetsAtOnce: 2 };
  const request = { source_catalog: "prod", destination_catalog: "dev", ...targetKeys(choice) };
  expect(requestFor(request, two)).toEqual({
    source_catalog: "prod",
    destination_catalog: "dev",
    target_workspace: "two",
  });
});

describe("withTarget", () => {
  const edited = { ...one, destination: "dev" };

  it.each<[string, Partial<TargetChoice>, string, boolean, object[]]>([
    ["takes one up", {}, "one", true, [one]],
    ["takes another instead where one is wanted", { targets: [one] }, "two", true, [two]],
    ["takes another besides in a fan-out", { fanOut: true, targets: [one] }, "two", true, [one, two]],
    ["keeps what was said for it", { targets: [edited] }, "one", true, [edited]],
    ["leaves one", { fanOut: true, targets: [one, two] }, "one", false, [two]],
  ])("%s", (_, change, name, chosen, targets) => {
    expect(withTarget({ ...elsewhere, ...change }, name, chosen)).toEqual({ targets });
  });
});

describe("targetProblems", () => {
  it.each<[string, Partial<TargetChoice>, object]>([
    ["no other workspace is wanted", { elsewhere: false, targetsAtOnce: 0 }, {}],
    ["none is chosen", {}, { targets: "Choose the workspace to clone to." }],
    ["a fan-out to none", { fanOut: true }, { targets: "Choose at least one target." }],
    ["a good one", { targets: [one], targetsAtOnce: Number.NaN }, {}],
    [
      "none at once",
      { fanOut: true, targets: [one], targetsAtOnce: 0 },
      { targetsAtOnce: "A whole number from 1 on." },
    ],
    [
      "no catalog's name",
      { fanOut: true, targets: [one, { ...two, destination: "a.b" }] },
      { targets: "two: A catalog's name has no space, period or slash." },
    ],
  ])("%s", (_, change, expected) => {
    expect(targetProblems({ ...elsewhere, ...change })).toEqual(expected);
  });
});
