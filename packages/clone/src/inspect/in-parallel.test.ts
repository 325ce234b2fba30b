import { describe, expect, it } from "vitest";
import { inParallel } from "./in-parallel.ts";

describe("work in parallel", () => {
  it("gives results in the order of the items", async () => {
    expect(await inParallel([3, 1, 2], 2, (item) => Promise.resolve(item * 10))).toEqual([30, 10, 20]);
  });

  it("rejects with the first failure, begins nothing more, and only when what was under way has ended", async () => {
    const seen: string[] = [];
    let end: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => {
      end = resolve;
    });
    const work = async (item: string) => {
      seen.push(`begun ${item}`);
      if (item === "bad") throw new Error("bad");
      await slow;
      seen.push(`ended ${item}`);
    };
    const whole = inParallel(["slow", "bad", "never"], 2, work).then(
      () => "resolved",
      (error: Error) => {
        seen.push("rejected");
        return error.message;
      },
    );
    await Promise.resolve().then(() => Promise.resolve());
    end();
    expect(await whole).toBe("bad");
    expect(seen).toEqual(["begun slow", "begun bad", "ended slow", "rejected"]);
  });
});
