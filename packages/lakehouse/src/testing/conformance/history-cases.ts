import { describe, expect, test } from "vitest";
import type { Conformance } from "./subject.ts";

const LONG = "SELECT sum(a.id * b.id) FROM range(10000000) a CROSS JOIN range(1000000) b";

export function historyCases({ current, run }: Conformance): void {
  const statements = () => current().workspace.statements;

  describe("a statement that was submitted before", () => {
    test("tells its state by its id, with the error of one that failed", async () => {
      const { statementId } = await run("SELECT 1");
      expect((await statements().state(statementId))?.state).toMatch(/^(SUCCEEDED|CLOSED)$/);
      let failed = "";
      await expect(run("SELECT 1/0", { onSubmitted: (id) => (failed = id) })).rejects.toThrow(
        "DIVIDE_BY_ZERO",
      );
      expect(await statements().state(failed)).toMatchObject({
        state: "FAILED",
        error: { code: "STATEMENT_FAILED", errorClass: "DIVIDE_BY_ZERO", sqlState: "22012" },
      });
    });

    test("is not known by an id that was never given", async () => {
      expect(await statements().state("01f00000-0000-1000-8000-000000000000")).toBeUndefined();
      await statements().cancel("01f00000-0000-1000-8000-000000000000");
    });

    test("is stopped by its id, also when somebody else waits for it", async () => {
      let submitted: Promise<void> = Promise.resolve();
      const running = run(LONG, {
        kind: "clone",
        onSubmitted: (id) => {
          submitted = statements().cancel(id);
        },
      });
      await expect(running).rejects.toMatchObject({ code: "CANCELED" });
      await submitted;
    });

    test("is found by when it began and by its tags, newest first", async () => {
      const started = Date.now() - 60_000;
      const tags = { "clxs.run": "r1", "clxs.step": "7" };
      const first = await run("SELECT 1 AS tagged", { tags });
      const second = await run("SELECT 2 AS tagged", { tags: { ...tags, "clxs.step": "8" } });
      const found = await statements().recent({ since: started, tags: { "clxs.run": "r1" } });
      expect(found.map(({ statementId }) => statementId)).toEqual([second.statementId, first.statementId]);
      expect(found[1]).toMatchObject({ text: "SELECT 1 AS tagged", state: "SUCCEEDED", tags });
      expect(await statements().recent({ since: started, tags })).toHaveLength(1);
      expect(await statements().recent({ since: Date.now() + 60_000, tags })).toEqual([]);
    });
  });
}
