import { afterEach, describe, expect, it } from "vitest";
import {
  configFor,
  fakeEffects,
  inTurn,
  type Received,
  type Reply,
  type ScriptedService,
  startService,
} from "../../../test/scripted-service.ts";
import { connectDatabricks } from "../connect.ts";

/** The largest id that the service could give: no JavaScript number holds it. */
const LONG = "9223372036854775807";

let service: ScriptedService;
afterEach(async () => service[Symbol.asyncDispose]());

async function jobsOf(...replies: Reply[]) {
  service = await startService(inTurn(...replies));
  return (await connectDatabricks(configFor(service), fakeEffects())).jobs;
}

const asked = (): Received[] => service.received.filter(({ path }) => !path.endsWith("/Me"));
const submission = {
  name: "sync",
  idempotencyToken: "token",
  task: { key: "stream", file: "/f.py", parameters: [] },
  maxRetries: 0,
  retryIntervalMs: 0,
};
const missing: Reply = {
  status: 400,
  json: { error_code: "INVALID_PARAMETER_VALUE", message: "Run 123 does not exist." },
};

describe("ids of runs", () => {
  it("keep all their digits on the way in and out", async () => {
    const jobs = await jobsOf(
      { text: `{"run_id":${LONG}}`, headers: { "content-type": "application/json" } },
      { text: `{"run_id":${LONG},"run_name":"sync","state":{"life_cycle_state":"RUNNING"}}` },
      { json: {} },
    );
    expect(await jobs.submit(submission)).toBe(LONG);
    expect((await jobs.run(LONG))?.runId).toBe(LONG);
    await jobs.cancel(LONG);
    expect(asked()[1]?.query.get("run_id")).toBe(LONG);
    expect(asked()[2]?.text).toBe(`{"run_id":${LONG}}`);
  });

  it("of a run that does not exist give nothing", async () => {
    const jobs = await jobsOf(missing);
    expect(await jobs.run("123")).toBeUndefined();
  });

  it("that are none are not sent", async () => {
    const jobs = await jobsOf();
    await expect(jobs.cancel("1; DROP")).rejects.toMatchObject({ code: "INVALID_REQUEST" });
    expect(asked()).toEqual([]);
  });
});

it("submits again when the answer was lost: the token gives the same run", async () => {
  const jobs = await jobsOf("reset", { json: { run_id: 7 } });
  expect(await jobs.submit(submission)).toBe("7");
  expect(service.calls()).toEqual(["POST /api/2.2/jobs/runs/submit", "POST /api/2.2/jobs/runs/submit"]);
});

describe("a run that failed", () => {
  const failed = {
    run_id: 7,
    run_name: "sync",
    start_time: 1,
    end_time: 2,
    state: { life_cycle_state: "TERMINATED", result_state: "FAILED", state_message: "Workload failed." },
    tasks: [
      { run_id: 70, task_key: "a", state: { life_cycle_state: "TERMINATED", result_state: "SUCCESS" } },
      { run_id: 71, task_key: "b", state: { life_cycle_state: "TERMINATED", result_state: "FAILED" } },
    ],
  };

  it("says why, by the output of the task that failed", async () => {
    const jobs = await jobsOf({ json: failed }, { json: { error: "ValueError: no", error_trace: "…" } });
    expect(await jobs.run("7")).toMatchObject({
      result: "FAILED",
      message: "Workload failed. ValueError: no",
    });
    expect(asked()[1]).toMatchObject({ path: "/api/2.2/jobs/runs/get-output" });
    expect(asked()[1]?.query.get("run_id")).toBe("71");
  });

  it("is told without it when the output is not to be had", async () => {
    const jobs = await jobsOf(
      { json: failed },
      { status: 403, json: { error_code: "PERMISSION_DENIED", message: "no" } },
    );
    expect(await jobs.run("7")).toMatchObject({ result: "FAILED", message: "Workload failed." });
  });
});

describe("the list", () => {
  const named = (run_id: number, run_name: string) => ({
    run_id,
    run_name,
    start_time: run_id,
    state: { life_cycle_state: "RUNNING" },
  });

  it("is read to its end, over pages that hold nothing of that name", async () => {
    const jobs = await jobsOf(
      { json: { runs: [named(5, "x"), named(4, "sync-b")], has_more: true, next_page_token: "p2" } },
      { json: { has_more: true, next_page_token: "p3" } },
      { json: { runs: [named(1, "sync-a"), named(0, "x-sync-")], has_more: false } },
    );
    const runs = await jobs.runs({ activeOnly: true, namePrefix: "sync-" });
    expect(runs.map(({ runId, name }) => `${runId} ${name}`)).toEqual(["4 sync-b", "1 sync-a"]);
    expect(asked().map(({ query }) => query.toString())).toEqual([
      "run_type=SUBMIT_RUN&expand_tasks=true&limit=24&active_only=true",
      "run_type=SUBMIT_RUN&expand_tasks=true&limit=24&active_only=true&page_token=p2",
      "run_type=SUBMIT_RUN&expand_tasks=true&limit=24&active_only=true&page_token=p3",
    ]);
  });

  it("is read no further than it has to be", async () => {
    const jobs = await jobsOf({
      json: { runs: [named(3, "a"), named(2, "a"), named(1, "a")], next_page_token: "p2" },
    });
    expect((await jobs.runs({ limit: 2 })).map(({ runId }) => runId)).toEqual(["3", "2"]);
    expect(asked()).toHaveLength(1);
  });
});
