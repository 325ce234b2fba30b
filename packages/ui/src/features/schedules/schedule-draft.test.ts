import { describe, expect, it } from "vitest";
import { emptySchedule, problemsByControl, scheduleProblem, toBody, withRequest } from "./schedule-draft.ts";

const draft = { ...emptySchedule, name: "nightly", source: "shop", destination: "shop_copy" };

describe("toBody", () => {
  it("is the whole schedule", () => {
    expect(toBody({ ...draft, timeZone: "Europe/Berlin", target: "east", channels: ["ops"] })).toEqual({
      name: "nightly",
      cron: "0 2 * * *",
      time_zone: "Europe/Berlin",
      kind: "clone",
      request: {
        source_catalog: "shop",
        destination_catalog: "shop_copy",
        target_workspace: "east",
        load_type: "SELECTIVE",
      },
      enabled: true,
      retries: { max: 2, backoff_seconds: 60 },
      notify: { channels: ["ops"], events: ["run_failed", "schedule_missed"] },
      overlap: "skip",
      missed: "run_once",
    });
  });

  it.each(["drift_check", "verify"] as const)("says no load for a %s", (kind) => {
    expect(toBody({ ...draft, kind }).request).not.toHaveProperty("load_type");
  });
});

describe("withRequest", () => {
  it.each([
    [{ source_catalog: "a", destination_catalog: "b" }],
    [{ source_catalog: "a", destination_catalog: "b", load_type: "INCREMENTAL", include_schemas: ["x"] }],
    [{ source_catalog: "a", destination_catalog: "b", target_workspace: "east", quiesce_source: true }],
    [{ source_catalog: "a", destination_catalog: "b", target_workspaces: ["east", "west"] }],
    [
      {
        source_catalog: "a",
        destination_catalog: "b",
        target_workspace: { connection: "east", destination_catalog: "c" },
      },
    ],
  ])("gives the request back: %j", (request) => {
    expect(toBody(withRequest(draft, request)).request).toEqual(request);
  });

  it("forgets that it was a dry run", () => {
    const request = { source_catalog: "a", destination_catalog: "b", dry_run: true };
    expect(toBody(withRequest(draft, request)).request).not.toHaveProperty("dry_run");
  });
});

describe("scheduleProblem", () => {
  it.each([
    [{}, undefined],
    [{ name: " " }, "Give it a name."],
    [{ cron: "" }, "Say when."],
    [{ source: "" }, "Choose the source catalog."],
    [{ destination: "" }, "Name the destination catalog."],
    [{ destination: "SHOP" }, "Source and destination are the same catalog."],
    [{ destination: "SHOP", target: "east" }, undefined],
    [{ retries: 6 }, "Retries are a whole number from 0 to 5."],
    [{ backoffSeconds: 0 }, "Wait a whole number of seconds before a retry, from 1 to 86400."],
    [{ retries: 0, backoffSeconds: 0 }, undefined],
  ])("%j: %s", (change, problem) => {
    expect(scheduleProblem({ ...draft, ...change })).toBe(problem);
  });
});

it("says what the server says at the control that it is about", () => {
  const problem = (path: string) => ({ path, message: `${path} is wrong` });
  expect(
    problemsByControl([
      problem("cron"),
      problem("request.target_workspace.connection"),
      problem("notify.channels[0]"),
    ]),
  ).toEqual({ cron: "cron is wrong", channels: "notify.channels[0] is wrong" });
  expect(problemsByControl([problem("request.target_workspace")])).toHaveProperty("target");
});
