import type { RunEvent } from "@clone-xs/clone";
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { LiveRuns } from "../live/live-runs.ts";
import type { RunObserver } from "../runs/queue.ts";
import type { RunEntry, RunStore } from "../runs/store.ts";
import { isOver } from "../runs/states.ts";

/** One answered request, by the template of its route: addresses have no end. */
interface AnsweredRequest {
  readonly method: string;
  readonly route: string;
  readonly status: number;
  /** Absent of answers that go on until somebody ends them. */
  readonly seconds?: number;
}

/** How many schedules there are whose time has come, and whose last run failed. */
interface ScheduleFigures {
  readonly due: number;
  readonly failed: number;
}

/** What Prometheus reads. Every label has a handful of values: no name of an object, a run or a caller is one. */
export interface Metrics extends RunObserver {
  request(answered: AnsweredRequest): void;
  /** The text that Prometheus reads, and its type. */
  text(): Promise<{ readonly type: string; readonly body: string }>;
}

export interface MetricsSources {
  readonly store: Pick<RunStore, "counts">;
  readonly live: Pick<LiveRuns, "watchers">;
  readonly schedules?: () => ScheduleFigures;
}

const STATES = ["queued", "running", "cancelling", "completed", "failed", "cancelled"] as const;
const KINDS: ReadonlySet<string> = new Set(["catalog", "schema", "table", "view", "function", "volume"]);
const METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

export function openMetrics({ store, live, schedules }: MetricsSources): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  /** Read when somebody asks: figures by the values of one label. */
  const gauge = (
    [name, help, label]: readonly [string, string, string],
    read: () => Readonly<Record<string, number>>,
  ): void => {
    const labelNames = [label];
    const collect = () => {
      for (const [value, figure] of Object.entries(read())) made.set({ [label]: value }, figure);
    };
    const made = new Gauge({ name, help, labelNames, registers: [], collect });
    registry.registerMetric(made);
  };
  gauge(["clxs_runs", "Runs that are kept, by state", "state"], () => {
    const counts = store.counts();
    return Object.fromEntries(STATES.map((state) => [state, counts.get(state) ?? 0]));
  });
  gauge(["clxs_event_watchers", "Open streams of events: of one run, or of all", "of"], () =>
    live.watchers(),
  );
  if (schedules !== undefined)
    gauge(
      ["clxs_schedules", "Schedules whose time has come, and those whose last run failed", "condition"],
      () => ({ ...schedules() }),
    );
  const started = new Counter({
    name: "clxs_runs_started_total",
    help: "Runs that this server began or went on with",
    registers,
  });
  const ended = new Counter({
    name: "clxs_runs_ended_total",
    help: "Runs that this server carried out, by how they ended",
    labelNames: ["outcome"],
    registers,
  });
  const duration = new Histogram({
    name: "clxs_run_duration_seconds",
    help: "How long runs took from their start to their end",
    labelNames: ["outcome"],
    buckets: [1, 5, 15, 60, 300, 900, 3600, 14_400, 43_200],
    registers,
  });
  const objects = new Counter({
    name: "clxs_objects_total",
    help: "Steps of runs, by what they made and how they ended",
    labelNames: ["kind", "outcome"],
    registers,
  });
  const bytes = new Counter({ name: "clxs_copied_bytes_total", help: "Bytes that runs copied", registers });
  const requests = new Histogram({
    name: "clxs_http_request_duration_seconds",
    help: "How long answers took, by route",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers,
  });
  const streams = new Counter({
    name: "clxs_http_streams_total",
    help: "Streams of events that were opened and have ended, by route",
    labelNames: ["route", "status"],
    registers,
  });

  return {
    started: () => started.inc(),
    event(event) {
      const copied = bytesOf(event);
      if (copied > 0) bytes.inc(copied);
      if (event.type !== "step" || event.step.state === "started") return;
      const { kind, state } = event.step;
      objects.inc({ kind: KINDS.has(kind) ? kind : "other", outcome: state });
    },
    ended(run) {
      const outcome = outcomeOf(run);
      ended.inc({ outcome });
      if (run.startedAt !== null && run.completedAt !== null)
        duration.observe({ outcome }, (run.completedAt - run.startedAt) / 1000);
    },
    request({ method, route, status, seconds }) {
      if (seconds === undefined) streams.inc({ route, status });
      else requests.observe({ method: METHODS.has(method) ? method : "other", route, status }, seconds);
    },
    text: async () => ({ type: registry.contentType, body: await registry.metrics() }),
  };
}

/** How a run ended, or that it waits for another try. */
function outcomeOf({ state, outcome }: RunEntry): string {
  if (!isOver(state)) return "retry";
  return state === "completed" ? "success" : state === "failed" ? (outcome?.status ?? "failed") : state;
}

function bytesOf(event: RunEvent): number {
  if (event.type === "copied") return event.bytes;
  return event.type === "step" && event.step.state === "succeeded" ? (event.step.bytesCopied ?? 0) : 0;
}
