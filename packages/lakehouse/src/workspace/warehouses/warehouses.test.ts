import { describe, expect, test } from "vitest";
import type { WarehouseRecord } from "../../metastore/metastore.ts";
import { openMetastore } from "../../metastore/sqlite-metastore.ts";
import { mayDo } from "./permissions.ts";
import { QUEUE_LIMIT, queueOf } from "./queue.ts";
import { changedWarehouse, newWarehouse } from "./settings.ts";
import { warehousesOf } from "./warehouses.ts";

const small = newWarehouse(
  { name: "small", cluster_size: "Small" },
  { id: "0123456789abcdef", creator: "ada" },
);

function opened(record: WarehouseRecord, { startMs = 0 } = {}) {
  const clock = { time: 0 };
  const metastore = openMetastore({
    path: ":memory:",
    now: () => clock.time,
    uuid: () => "11111111-1111-4111-8111-111111111111",
    randomBytes: (size) => new Uint8Array(size),
  });
  const sleeping: (() => void)[] = [];
  const warehouses = warehousesOf({
    metastore,
    now: () => clock.time,
    sleep: (_ms, signal) =>
      new Promise((resolve, reject) => {
        sleeping.push(resolve);
        signal.addEventListener("abort", () => reject(new Error("stopped")));
      }),
    startMs,
    slotsPerCluster: 2,
  });
  warehouses.put(record);
  const wake = () => {
    for (const resolve of sleeping.splice(0)) resolve();
  };
  return { warehouses, clock, wake };
}

const never = new AbortController().signal;
/** Lets everything that is due happen. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

describe("a warehouse", () => {
  test("runs as many statements as its clusters have slots, the others wait their turn", async () => {
    const { warehouses } = opened({ ...small, maxClusters: 2 });
    const order: number[] = [];
    const ends: (() => void)[] = [];
    const all = Array.from({ length: 6 }, (_, index) =>
      warehouses.run(
        small.id,
        () => {
          order.push(index);
          return new Promise<void>((resolve) => ends.push(resolve));
        },
        never,
      ),
    );
    await settle();
    expect(order).toEqual([0, 1, 2, 3]);
    expect(warehouses.find(small.id)).toMatchObject({ running: 4, queued: 2, clusters: 2 });
    ends[0]?.();
    await settle();
    expect(order).toEqual([0, 1, 2, 3, 4]);
    for (let end = ends.shift(); end !== undefined; end = ends.shift()) {
      end();
      await settle();
    }
    await Promise.all(all);
    expect(warehouses.find(small.id)).toMatchObject({ running: 0, queued: 0, clusters: 1 });
  });

  test("that is stopped is started by a statement, which waits for it", async () => {
    const { warehouses, wake } = opened({ ...small, stopped: true }, { startMs: 4000 });
    expect(warehouses.find(small.id)).toMatchObject({ state: "STOPPED", clusters: 0 });
    let ran = false;
    const running = warehouses.run(small.id, async () => (ran = true), never);
    await settle();
    expect(warehouses.find(small.id)).toMatchObject({ state: "STARTING", queued: 1 });
    expect(ran).toBe(false);
    wake();
    await running;
    expect(ran).toBe(true);
    expect(warehouses.find(small.id)).toMatchObject({ state: "RUNNING", record: { stopped: false } });
  });

  test("stops by itself after its idle time, and not while it works", async () => {
    const { warehouses, clock } = opened({ ...small, autoStopMinutes: 10 });
    let end = () => {};
    const running = warehouses.run(small.id, () => new Promise<void>((resolve) => (end = resolve)), never);
    await settle();
    clock.time = 60 * 60_000;
    expect(warehouses.find(small.id)?.state).toBe("RUNNING");
    end();
    await running;
    clock.time += 10 * 60_000 - 1;
    expect(warehouses.find(small.id)?.state).toBe("RUNNING");
    clock.time += 1;
    expect(warehouses.find(small.id)?.state).toBe("STOPPED");
  });

  test("that is stopped while it starts does not start", async () => {
    const { warehouses, wake } = opened({ ...small, stopped: true }, { startMs: 4000 });
    warehouses.start(small.id);
    warehouses.stop(small.id);
    wake();
    await settle();
    expect(warehouses.find(small.id)?.state).toBe("STOPPED");
  });
});

describe("the queue", () => {
  test(`takes ${QUEUE_LIMIT} statements and refuses the next`, async () => {
    const queue = queueOf(() => 1);
    const leave = await queue.enter(never);
    const abort = new AbortController();
    const waiting = Array.from({ length: QUEUE_LIMIT }, () => queue.enter(abort.signal));
    await expect(queue.enter(never)).rejects.toMatchObject({ code: "WAREHOUSE_QUEUE_FULL" });
    abort.abort();
    const ends = await Promise.allSettled(waiting);
    expect(ends.every(({ status }) => status === "rejected")).toBe(true);
    leave();
    leave();
    await expect(queue.enter(never)).resolves.toBeTypeOf("function");
    expect(queue).toMatchObject({ running: 1, waiting: 0 });
  });
});

describe("settings", () => {
  test.for([
    [{ name: " " }, "name is required."],
    [{ cluster_size: "Gigantic" }, "Gigantic is no cluster size"],
    [{ min_num_clusters: 3, max_num_clusters: 2 }, "1 ≤ min ≤ max"],
    [{ max_num_clusters: 41 }, "max ≤ 40"],
    [{ auto_stop_mins: -1 }, "auto_stop_mins"],
    [
      { warehouse_type: "CLASSIC", enable_serverless_compute: true } as const,
      "Serverless is only available for PRO",
    ],
  ] as const)("%j are refused", ([settings, message]) => {
    expect(() => changedWarehouse(small, settings)).toThrow(message);
  });

  test("that an edit leaves out stay", () => {
    expect(changedWarehouse(small, { auto_stop_mins: 5 })).toEqual({ ...small, autoStopMinutes: 5 });
    expect(changedWarehouse(small, { min_num_clusters: 3 })).toMatchObject({
      minClusters: 3,
      maxClusters: 3,
    });
  });
});

test("what somebody may do with a warehouse follows its permissions, groups among them; admins may all", () => {
  const bob = { name: "bob", kind: "user", groups: ["analysts"], admin: false } as const;
  expect(mayDo(bob, "CAN_USE", small)).toBe(false);
  expect(mayDo({ ...bob, admin: true }, "CAN_MANAGE", small)).toBe(true);
  const granted = (principal: string) => ({
    ...small,
    permissions: [{ principal, level: "CAN_USE" }] as const,
  });
  for (const principal of ["bob", "analysts", "users"])
    expect(mayDo(bob, "CAN_USE", granted(principal))).toBe(true);
  expect(mayDo(bob, "CAN_MANAGE", granted("bob"))).toBe(false);
});
