import { randomBytes, randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { TaskRunner } from "../workspace/jobs/task-runner.ts";
import type { Lakehouse } from "../workspace/lakehouse.ts";
import { openLakehouse } from "../workspace/open-lakehouse.ts";

const JOBS = "/api/2.2/jobs/runs";

let directory: string;
let lakehouse: Lakehouse;
/** What the tasks do, by key; the log of what they did. */
let log: string[];
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "clxs-jobs-"));
  log = [];
});
afterEach(async () => {
  await lakehouse.close();
  rmSync(directory, { recursive: true, force: true });
});

const runner: TaskRunner = {
  refusal: ({ spark_python_task: task }) => (task === undefined ? "it has no spark_python_task" : undefined),
  async run({ task_key }, { attempt, workspace, signal }) {
    log.push(`${task_key} ${attempt} ${workspace.identity.userName}`);
    if (task_key === "fails") throw new Error("boom");
    if (task_key === "endless")
      await new Promise((_resolve, reject) =>
        signal.addEventListener("abort", () => reject(new Error("told to end"))),
      );
  },
};

async function opened(taskRunner: TaskRunner | null = runner, taskStartMs = 0) {
  lakehouse = await openLakehouse({
    directory,
    now: Date.now,
    uuid: randomUUID,
    randomBytes,
    memoryLimit: "500MB",
    taskStartMs,
    principals: [{ name: "reader", kind: "user", groups: [], admin: false }],
    ...(taskRunner === null ? {} : { taskRunner }),
  });
  const { url } = await lakehouse.listen();
  // oxlint-disable-next-line typescript/no-explicit-any -- the body is what is examined
  const call = async (method: string, path: string, body?: object, as = lakehouse.owner): Promise<any> => {
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${lakehouse.token(as)}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, ...((await response.json()) as object) };
  };
  return {
    call,
    submit: (keys: readonly string[], more: object = {}, task: object = {}) =>
      call("POST", `${JOBS}/submit`, {
        tasks: keys.map((task_key) => ({ task_key, spark_python_task: { python_file: "/x.py" }, ...task })),
        ...more,
      }),
    ended: async (id: number) => {
      await expect
        .poll(async () => (await call("GET", `${JOBS}/get?run_id=${id}`)).state.life_cycle_state as string)
        .toBe("TERMINATED");
      return call("GET", `${JOBS}/get?run_id=${id}`);
    },
  };
}

describe("a submitted run", () => {
  test("carries out its tasks in order as whoever submitted it, and ends with SUCCESS", async () => {
    const { submit, ended } = await opened();
    const { run_id } = await submit(["a", "b"], { run_name: "two" });
    expect(await ended(run_id)).toMatchObject({
      run_name: "two",
      run_type: "SUBMIT_RUN",
      state: { result_state: "SUCCESS" },
      status: { state: "TERMINATED", termination_details: { code: "SUCCESS" } },
      tasks: [{ task_key: "a", state: { result_state: "SUCCESS" } }, { task_key: "b" }],
    });
    expect(log).toEqual([`a 0 ${lakehouse.owner}`, `b 0 ${lakehouse.owner}`]);
  });

  test("is PENDING until its compute is there, and can be cancelled before", async () => {
    const { submit, call, ended } = await opened(runner, 3_600_000);
    const { run_id } = await submit(["a"]);
    expect((await call("GET", `${JOBS}/get?run_id=${run_id}`)).state.life_cycle_state).toBe("PENDING");
    await call("POST", `${JOBS}/cancel`, { run_id });
    expect((await ended(run_id)).state.result_state).toBe("CANCELED");
    expect(log).toEqual([]);
  });

  test("is one run for one token, however often it is sent", async () => {
    const { submit, ended } = await opened();
    const first = await submit(["a"], { idempotency_token: "once" });
    expect(await submit(["a"], { idempotency_token: "once" })).toEqual(first);
    await ended(first.run_id);
    expect(log).toHaveLength(1);
  });

  test("that fails says why, leaves out what comes behind, and is tried again as often as it may", async () => {
    const { submit, ended } = await opened();
    const { run_id } = await submit(["fails", "b"], {}, { max_retries: 2 });
    expect(await ended(run_id)).toMatchObject({
      state: { result_state: "FAILED", state_message: "boom" },
      attempt_number: 2,
      tasks: [{ state: { result_state: "FAILED" } }, { state: { result_state: "UPSTREAM_FAILED" } }],
    });
    expect(log).toHaveLength(3);
  });

  test("is cancelled, or ends at its timeout", async () => {
    const { submit, ended, call } = await opened();
    const { run_id } = await submit(["endless"]);
    await expect.poll(() => log.length).toBe(1);
    expect(await call("POST", `${JOBS}/cancel`, { run_id })).toEqual({ status: 200 });
    expect((await ended(run_id)).state).toMatchObject({
      result_state: "CANCELED",
      user_cancelled_or_timedout: true,
    });
    const late = await submit(["endless"], { timeout_seconds: 1 });
    expect((await ended(late.run_id)).state).toMatchObject({ result_state: "TIMEDOUT" });
  });

  test.for([0, -1])(
    "pitfall 19: goes on in the next process under its id, as the same attempt (retries: %i)",
    async (max_retries) => {
      const { submit } = await opened();
      const kept = await submit(["a", "endless"], { run_name: "stream" }, { max_retries });
      await expect.poll(() => log.length).toBe(2);
      await lakehouse.close();
      log = [];
      const { call } = await opened();
      await expect.poll(() => log).toEqual([`endless 0 ${lakehouse.owner}`]);
      expect(await call("GET", `${JOBS}/list?active_only=true`)).toMatchObject({
        runs: [{ run_id: kept.run_id, run_name: "stream", state: { life_cycle_state: "RUNNING" } }],
      });
    },
  );

  test("is RUNNING for others, but not begun, while a workspace that is opened anew waits", async () => {
    const { submit } = await opened();
    const { run_id } = await submit(["endless"]);
    await expect.poll(() => log.length).toBe(1);
    await lakehouse.close();
    const { call } = await opened(runner, 3_600_000);
    expect((await call("GET", `${JOBS}/get?run_id=${run_id}`)).state.life_cycle_state).toBe("RUNNING");
    expect(log).toHaveLength(1);
  });

  test("is over where nobody carries out tasks", async () => {
    const { submit } = await opened();
    const { run_id } = await submit(["endless"]);
    await expect.poll(() => log.length).toBe(1);
    await lakehouse.close();
    const { call } = await opened(null);
    expect(await call("GET", `${JOBS}/get?run_id=${run_id}`)).toMatchObject({
      state: { life_cycle_state: "INTERNAL_ERROR", result_state: "FAILED" },
    });
  });

  test("waits for the interval before it is tried again, also across a restart, and can be cancelled there", async () => {
    const { submit } = await opened();
    const { run_id } = await submit(["fails"], {}, { max_retries: -1, min_retry_interval_millis: 3_600_000 });
    await expect
      .poll(() => lakehouse.connect().jobs.run(String(run_id)))
      .toMatchObject({
        lifeCycle: "WAITING_FOR_RETRY",
        attempt: 1,
        message: "boom",
      });
    await lakehouse.close();
    const { call, ended } = await opened();
    expect(log).toHaveLength(1);
    await call("POST", `${JOBS}/cancel`, { run_id });
    expect(await ended(run_id)).toMatchObject({ state: { result_state: "CANCELED" } });
  });

  test.for(["2.0", "2.1", "2.2"])(
    "says in its output why its task failed, by the task's id or its own (%s)",
    async (version) => {
      const { submit, ended, call } = await opened();
      const { run_id } = await submit(["a", "fails"]);
      const { tasks } = await ended(run_id);
      const output = (id: number) => call("GET", `/api/${version}/jobs/runs/get-output?run_id=${id}`);
      expect(await output(tasks[1].run_id)).toMatchObject({ error: "boom", metadata: { run_id } });
      expect((await output(tasks[0].run_id)).error).toBeUndefined();
      expect(tasks[1].state.state_message).toBe("boom");
      expect((await output(run_id)).message).toContain("multiple tasks is not supported");
      const alone = await submit(["fails"]);
      await ended(alone.run_id);
      expect((await output(alone.run_id)).error).toBe("boom");
    },
  );

  test("has its tasks with their parameters, where they are asked for, and a page", async () => {
    const { submit, ended, call } = await opened();
    const { run_id } = await submit(
      ["a"],
      {},
      { spark_python_task: { python_file: "/x.py", parameters: ["p"] } },
    );
    await ended(run_id);
    const list = async (query: string) => (await call("GET", `${JOBS}/list?${query}`)).runs[0];
    expect((await list("expand_tasks=true")).tasks[0].spark_python_task.parameters).toEqual(["p"]);
    const listed = await list("");
    expect(listed.tasks).toBeUndefined();
    expect(listed.run_page_url).toMatch(new RegExp(`^http://.*/jobs/runs/${run_id}$`, "u"));
  });

  test("is listed newest first, in pages, for whoever submitted it", async () => {
    const { submit, ended, call } = await opened();
    const ids: number[] = [];
    for (let index = 0; index < 3; index++) ids.unshift((await submit(["a"])).run_id);
    for (const id of ids) await ended(id);
    const first = await call("GET", `${JOBS}/list?limit=2&completed_only=true`);
    expect(first).toMatchObject({ has_more: true, runs: [{ run_id: ids[0] }, { run_id: ids[1] }] });
    const second = await call("GET", `/api/2.1/jobs/runs/list?limit=2&page_token=${first.next_page_token}`);
    expect(second).toMatchObject({ has_more: false, runs: [{ run_id: ids[2] }] });
    expect(await call("GET", `${JOBS}/list`, undefined, "reader")).toMatchObject({
      runs: [],
      has_more: false,
    });
    expect((await call("GET", `${JOBS}/get?run_id=${ids[0]}`, undefined, "reader")).status).toBe(403);
  });
});

test("what cannot be run is refused by name", async () => {
  const { call, submit } = await opened();
  const tasks = (...all: object[]) => call("POST", `${JOBS}/submit`, { tasks: all });
  const refused = (message: string) => ({
    status: 400,
    error_code: "INVALID_PARAMETER_VALUE",
    message: expect.stringContaining(message) as string,
  });
  expect(await tasks({ task_key: "n", notebook_task: {} })).toMatchObject(
    refused("it has no spark_python_task"),
  );
  expect(await tasks()).toMatchObject(refused("tasks"));
  expect(await submit(["a", "a"])).toMatchObject(refused("two tasks"));
  expect(await submit(["a"], {}, { depends_on: [{ task_key: "z" }] })).toMatchObject(
    refused("depends on 'z'"),
  );
  expect(await call("GET", `${JOBS}/get?run_id=99`)).toMatchObject(refused("Run 99 does not exist."));
  await lakehouse.close();
  lakehouse = await openLakehouse({
    directory,
    now: Date.now,
    uuid: randomUUID,
    randomBytes,
    memoryLimit: "500MB",
  });
  const { url } = await lakehouse.listen();
  const response = await fetch(`${url}${JOBS}/submit`, {
    method: "POST",
    headers: { authorization: `Bearer ${lakehouse.token(lakehouse.owner)}` },
    body: JSON.stringify({ tasks: [{ task_key: "a" }] }),
  });
  expect(await response.json()).toMatchObject({
    message: expect.stringContaining("runs no tasks") as string,
  });
});
