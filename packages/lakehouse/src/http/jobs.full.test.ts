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

async function opened(taskRunner: TaskRunner | undefined = runner) {
  lakehouse = await openLakehouse({
    directory,
    now: Date.now,
    uuid: randomUUID,
    randomBytes,
    memoryLimit: "500MB",
    principals: [{ name: "reader", kind: "user", groups: [], admin: false }],
    ...(taskRunner === undefined ? {} : { taskRunner }),
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

  test("pitfall 19: goes on in the next process when it has retries, and is over when it has none", async () => {
    const { submit } = await opened();
    const kept = await submit(["a", "endless"], { run_name: "stream" }, { max_retries: -1 });
    const lost = await submit(["endless"]);
    await expect.poll(() => log.length).toBe(3);
    await lakehouse.close();
    log = [];
    const { call } = await opened();
    await expect.poll(() => log).toEqual([`endless 1 ${lakehouse.owner}`]);
    const { runs } = await call("GET", `${JOBS}/list?active_only=true`);
    expect(runs).toMatchObject([
      { run_id: kept.run_id, run_name: "stream", state: { life_cycle_state: "RUNNING" } },
    ]);
    expect(await call("GET", `${JOBS}/get?run_id=${lost.run_id}`)).toMatchObject({
      state: { life_cycle_state: "INTERNAL_ERROR", result_state: "FAILED" },
    });
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
    body: JSON.stringify({ tasks: [{ task_key: "a", spark_python_task: {} }] }),
  });
  expect(await response.json()).toMatchObject({
    message: expect.stringContaining("runs no tasks") as string,
  });
});
