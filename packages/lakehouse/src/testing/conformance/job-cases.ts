import type { Jobs, JobRun, PythonTask } from "@clone-xs/unity";
import { describe, expect, test } from "vitest";
import type { Conformance } from "./subject.ts";

/** Runs that are submitted once; only where there are tasks to run. */
export function jobCases({ current }: Conformance): void {
  const jobs = () => current().workspace.jobs;
  const name = (what: string) => `${current().catalog}-${what}`;
  let count = 0;
  const submit = (what: string, task: PythonTask, token = `${Date.now()}-${count++}`) =>
    jobs().submit({ name: name(what), idempotencyToken: token, task, maxRetries: 0, retryIntervalMs: 0 });

  describe("a submitted run", () => {
    test("is carried out, tells its state, and is one run for one token", async ({ skip }) => {
      const { tasks } = current();
      if (tasks === undefined) return skip();
      const token = `once-${Date.now()}`;
      const id = await submit("done", tasks.ends, token);
      expect(await submit("done", tasks.ends, token)).toBe(id);
      const run = await ended(jobs(), id);
      expect(run).toMatchObject({
        runId: id,
        name: name("done"),
        lifeCycle: "TERMINATED",
        result: "SUCCESS",
        creator: current().workspace.identity.userName,
        parameters: tasks.ends.parameters,
        attempt: 0,
      });
      expect(run?.endedAt).toBeGreaterThanOrEqual(run?.startedAt ?? Infinity);
      expect(await submit("done", tasks.ends, token)).toBe(id);
    });

    test("that fails says why", async ({ skip }) => {
      const { tasks } = current();
      if (tasks === undefined) return skip();
      const run = await ended(jobs(), await submit("fails", tasks.fails));
      expect(run).toMatchObject({ lifeCycle: "TERMINATED", result: "FAILED" });
      expect(run?.message).toContain(tasks.why);
    });

    test("is found by the beginning of its name, newest first, and runs until it is cancelled", async ({
      skip,
    }) => {
      const { tasks, other } = current();
      if (tasks === undefined) return skip();
      const first = await submit("endless-1", tasks.endless);
      const second = await submit("endless-2", tasks.endless);
      const namePrefix = name("endless-");
      const found = async (filter: object) =>
        (await jobs().runs({ namePrefix, ...filter })).map(({ runId }) => runId);
      expect(await found({ activeOnly: true })).toEqual([second, first]);
      expect(await found({ limit: 1 })).toEqual([second]);
      expect(await jobs().runs({ namePrefix: name("no-") })).toEqual([]);
      expect((await other?.workspace.jobs.runs({ namePrefix })) ?? []).toEqual([]);
      for (const id of [first, second]) {
        await jobs().cancel(id);
        expect(await ended(jobs(), id)).toMatchObject({ result: "CANCELED" });
        await jobs().cancel(id);
      }
      expect(await found({ activeOnly: true })).toEqual([]);
      expect(await found({})).toEqual([second, first]);
    });

    test("is not known by an id that was never given", async () => {
      expect(await jobs().run("123456789")).toBeUndefined();
      await expect(jobs().cancel("123456789")).rejects.toMatchObject({ code: "NOT_FOUND" });
    });
  });
}

async function ended(jobs: Jobs, id: string): Promise<JobRun | undefined> {
  await expect
    .poll(async () => (await jobs.run(id))?.lifeCycle, { timeout: 300_000, interval: 50 })
    .toBe("TERMINATED");
  return jobs.run(id);
}
