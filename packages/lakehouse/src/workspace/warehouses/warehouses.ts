import type { Metastore, WarehouseRecord } from "../../metastore/metastore.ts";
import { type Queue, queueOf } from "./queue.ts";

/** Statements that one cluster runs at the same time. Source: SQL warehouse sizing and queuing. */
const SLOTS_PER_CLUSTER = 10;

type WarehouseState = "STARTING" | "RUNNING" | "STOPPED";

/** A warehouse and what it does now. */
export interface Warehouse {
  readonly record: WarehouseRecord;
  readonly state: WarehouseState;
  readonly clusters: number;
  /** Statements that have a slot. */
  readonly running: number;
  readonly queued: number;
}

/** The SQL warehouses of a workspace: made, started, stopped, and their slots. */
export interface Warehouses {
  list(): readonly Warehouse[];
  find(id: string): Warehouse | undefined;
  /** Makes or changes one. */
  put(record: WarehouseRecord): void;
  /** What still runs on it goes on to its end. */
  remove(id: string): void;
  start(id: string): void;
  /** Lets nobody in any more; whoever has a slot keeps it. */
  stop(id: string): void;
  /** Runs work in a slot of a warehouse, which is started when it does not run. Rejects as {@link Queue.enter} does. */
  run<T>(id: string, work: () => Promise<T>, signal: AbortSignal): Promise<T>;
}

export interface WarehouseOptions {
  readonly metastore: Metastore;
  readonly now: () => number;
  readonly sleep: (ms: number, signal: AbortSignal) => Promise<void>;
  /** How long a start takes. */
  readonly startMs: number;
  /** Slots of each cluster. */
  readonly slotsPerCluster?: number;
}

/** What is not written down of a warehouse. */
interface Life {
  state: WarehouseState;
  readonly queue: Queue;
  starting: AbortController;
  /** When its last statement ended, or when it was started. */
  idleSince: number;
}

export function warehousesOf({
  metastore,
  now,
  sleep,
  startMs,
  slotsPerCluster = SLOTS_PER_CLUSTER,
}: WarehouseOptions): Warehouses {
  const lives = new Map<string, Life>();

  const slotsOf = (id: string) =>
    lives.get(id)?.state === "RUNNING" ? (metastore.warehouse(id)?.maxClusters ?? 1) * slotsPerCluster : 0;

  const lifeOf = (record: WarehouseRecord): Life => {
    const known = lives.get(record.id);
    const life: Life = known ?? {
      state: record.stopped ? "STOPPED" : "RUNNING",
      queue: queueOf(() => slotsOf(record.id)),
      starting: new AbortController(),
      idleSince: now(),
    };
    lives.set(record.id, life);
    if (isIdleTooLong(record, life, now())) life.state = "STOPPED";
    return life;
  };

  const running = (id: string, life: Life) => {
    life.state = "RUNNING";
    life.idleSince = now();
    const record = metastore.warehouse(id);
    if (record?.stopped === true) metastore.putWarehouse({ ...record, stopped: false });
    life.queue.admit();
  };

  const start = (id: string, life: Life) => {
    if (life.state !== "STOPPED") return;
    if (startMs === 0) return running(id, life);
    life.state = "STARTING";
    const starting = new AbortController();
    life.starting = starting;
    void sleep(startMs, starting.signal).then(
      () => (starting.signal.aborted ? undefined : running(id, life)),
      () => undefined,
    );
  };

  const viewOf = (record: WarehouseRecord): Warehouse => {
    const { state, queue } = lifeOf(record);
    const busy = Math.ceil(queue.running / slotsPerCluster);
    const clusters = Math.min(Math.max(busy, record.minClusters), record.maxClusters);
    return {
      record,
      state,
      clusters: state === "RUNNING" ? clusters : 0,
      running: queue.running,
      queued: queue.waiting,
    };
  };

  const withLife = (id: string, act: (life: Life, record: WarehouseRecord) => void) => {
    const record = metastore.warehouse(id);
    if (record !== undefined) act(lifeOf(record), record);
  };

  return {
    list: () => metastore.warehouses().map(viewOf),
    find(id) {
      const record = metastore.warehouse(id);
      return record === undefined ? undefined : viewOf(record);
    },
    put(record) {
      metastore.putWarehouse(record);
      lifeOf(record).queue.admit();
    },
    remove(id) {
      lives.get(id)?.starting.abort();
      metastore.removeWarehouse(id);
      lives.delete(id);
    },
    start: (id) => withLife(id, (life) => start(id, life)),
    stop: (id) =>
      withLife(id, (life, record) => {
        life.starting.abort();
        life.state = "STOPPED";
        metastore.putWarehouse({ ...record, stopped: true });
      }),
    async run(id, work, signal) {
      const record = metastore.warehouse(id);
      if (record === undefined) throw new Error(`There is no warehouse ${id}`);
      const life = lifeOf(record);
      start(id, life);
      const leave = await life.queue.enter(signal);
      try {
        return await work();
      } finally {
        life.idleSince = now();
        leave();
      }
    },
  };
}

function isIdleTooLong({ autoStopMinutes }: WarehouseRecord, life: Life, at: number): boolean {
  const idle = life.state === "RUNNING" && life.queue.running === 0 && life.queue.waiting === 0;
  return idle && autoStopMinutes > 0 && at - life.idleSince >= autoStopMinutes * 60_000;
}
