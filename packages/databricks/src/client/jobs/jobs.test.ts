import { describe, expect, test } from "vitest";
import type { RunInfo } from "../../contract/index.ts";
import { toJobRun } from "./to-job-run.ts";
import { toSubmission } from "./to-submission.ts";

const run = {
  name: "sync",
  idempotencyToken: "token",
  task: { key: "stream", file: "/Volumes/c/s/v/sync.py", parameters: ["/Volumes/c/s/v/p.json"] },
  maxRetries: -1,
  retryIntervalMs: 5000,
} as const;

describe("what is submitted", () => {
  test("is serverless unless it says otherwise", () => {
    expect(toSubmission(run)).toEqual({
      run_name: "sync",
      idempotency_token: "token",
      tasks: [
        {
          task_key: "stream",
          spark_python_task: {
            python_file: "/Volumes/c/s/v/sync.py",
            parameters: ["/Volumes/c/s/v/p.json"],
            source: "WORKSPACE",
          },
          max_retries: -1,
          min_retry_interval_millis: 5000,
          environment_key: "default",
        },
      ],
      environments: [{ environment_key: "default", spec: { environment_version: "4" } }],
    });
  });

  test("names the version of its environment", () => {
    const { environments } = toSubmission({
      ...run,
      compute: { kind: "serverless", environmentVersion: "2" },
    });
    expect(environments).toEqual([{ environment_key: "default", spec: { environment_version: "2" } }]);
  });

  test("or a cluster, and then no environment", () => {
    const body = toSubmission({ ...run, compute: { kind: "cluster", clusterId: "0101-abc" } });
    expect(body.tasks[0]).toMatchObject({ existing_cluster_id: "0101-abc" });
    expect(body.tasks[0]).not.toHaveProperty("environment_key");
    expect(body).not.toHaveProperty("environments");
  });
});

describe("what a run says", () => {
  const info: RunInfo = { run_id: 7, run_name: "sync", start_time: 1000, end_time: 0 };

  test("while it runs: no end, no result, the attempt of its task", () => {
    const running: RunInfo = {
      ...info,
      creator_user_name: "ada",
      run_page_url: "https://w/#job/0/run/7",
      attempt_number: 0,
      state: { life_cycle_state: "RUNNING", state_message: "" },
      tasks: [
        {
          run_id: 8,
          task_key: "stream",
          attempt_number: 2,
          spark_python_task: { python_file: "/f.py", parameters: ["a"] },
        },
      ],
    };
    expect(toJobRun(running)).toEqual({
      runId: "7",
      name: "sync",
      lifeCycle: "RUNNING",
      startedAt: 1000,
      attempt: 2,
      creator: "ada",
      parameters: ["a"],
      pageUrl: "https://w/#job/0/run/7",
    });
  });

  test("over: how and why, with the error of its task once", () => {
    const failed: RunInfo = {
      ...info,
      end_time: 5000,
      state: { life_cycle_state: "TERMINATED", result_state: "FAILED", state_message: "Workload failed." },
    };
    expect(toJobRun(failed, "ValueError: no")).toMatchObject({
      lifeCycle: "TERMINATED",
      result: "FAILED",
      endedAt: 5000,
      message: "Workload failed. ValueError: no",
    });
    const told = { ...failed, state: { ...failed.state, state_message: "ValueError: no" } };
    expect(toJobRun(told, "ValueError: no").message).toBe("ValueError: no");
  });

  test.each([
    [{ state: "WAITING" }, "WAITING_FOR_RETRY", undefined],
    [
      { state: "TERMINATED", termination_details: { code: "SUCCESS", type: "SUCCESS" } },
      "TERMINATED",
      "SUCCESS",
    ],
    [
      { state: "TERMINATED", termination_details: { code: "USER_CANCELED", type: "SUCCESS" } },
      "TERMINATED",
      "CANCELED",
    ],
    [
      { state: "TERMINATED", termination_details: { code: "DRIVER_ERROR", type: "CLOUD_FAILURE" } },
      "TERMINATED",
      "FAILED",
    ],
  ])("by the newer model alone: %j is %s %s", (status, lifeCycle, result) => {
    const read = toJobRun({ ...info, status });
    expect([read.lifeCycle, read.result]).toEqual([lifeCycle, result]);
  });

  test("a state that nobody has heard of counts as running until there is an end", () => {
    const state = { life_cycle_state: "DREAMING" };
    expect(toJobRun({ ...info, state }).lifeCycle).toBe("RUNNING");
    expect(toJobRun({ ...info, state, end_time: 9 }).lifeCycle).toBe("TERMINATED");
  });
});
