import {
  type CloneRequestWire,
  DEFAULT_SETTINGS,
  parseCloneRequest,
  type RunPorts,
  type RunSummary,
  resumeRun,
  runClone,
} from "@clone-xs/clone";
import type { Workspace } from "@clone-xs/unity";
import { type Disk, mortalDisk, nextRun } from "./disk.ts";
import { faultyWorkspace } from "./faults.ts";
import { type Place, targetsOf } from "./places.ts";
import { between, pick } from "./random.ts";
import type { Process } from "./scheduler.ts";
import type { Story } from "./story.ts";
import { CALM, type Weather } from "./weather.ts";

/** One process that carries out a clone. */
export interface Runner {
  readonly runId: string;
  readonly process: Process;
  readonly disk: Disk;
  readonly request: CloneRequestWire;
  readonly main: Promise<RunSummary>;
  /** When its CLONE statements had their turn, by place. */
  readonly clones: Clones;
}

type Clones = Map<Place["name"], number[]>;

export function startRunner(
  story: Story,
  process: Process,
  rough: Weather,
  wire: Partial<CloneRequestWire> = {},
): Runner {
  const { random, seed } = story;
  const request: CloneRequestWire = {
    source_catalog: story.source,
    destination_catalog: story.target,
    load_type: pick(random, ["FULL", "SELECTIVE", "INCREMENTAL"]),
    quiesce_source: random() < 0.4,
    quiesce_wide: true,
    max_parallel_queries: between(random, 1, 4),
    ...targetsOf(story.topology, story.places),
    ...wire,
  };
  const parsed = parseCloneRequest(request);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const disk = nextRun(story.disk);
  const clones: Clones = new Map();
  const runId = (seed * 1000 + between(random, 0, 999)).toString(16).padStart(8, "0");
  const ports = portsOf(story, { process, disk, rough, clones });
  return { runId, process, disk, request, main: runClone(parsed.request, ports, runId), clones };
}

/** How a process ended: with a summary, with the error that ended the run as a whole, or not at all. */
export type Ending = RunSummary | Error | "dead";

export async function endOf({ process, main }: Runner): Promise<Ending> {
  if (process.dead()) return "dead";
  return main.catch((error: unknown) => (error instanceof Error ? error : new Error(String(error))));
}

/** Whether everything was done that was asked for. */
export function isSuccess(ending: Ending): boolean {
  return isSummary(ending) && ending.status === "success";
}

export function isSummary(ending: Ending): ending is RunSummary {
  return ending !== "dead" && !(ending instanceof Error);
}

export function describe(ending: Ending): string {
  if (ending === "dead") return ending;
  if (ending instanceof Error) return ending.stack ?? ending.message;
  return `${ending.status} ${JSON.stringify(ending.tables)} ${JSON.stringify(ending.errors)}`;
}

interface Surroundings {
  readonly process: Process;
  readonly disk: Disk;
  readonly rough: Weather;
  readonly clones: Clones;
}

function portsOf(story: Story, { process, disk, rough, clones }: Surroundings): RunPorts {
  const { random, world, injected, workspace } = story;
  const at = (rate: number, last: number) =>
    random() < rate ? between(random, 1, last) : Number.POSITIVE_INFINITY;
  const [killAt, cancelAt] = [at(rough.killRate, 40), at(rough.cancelRate, 30)];
  const abort = new AbortController();
  let sent = 0;
  const disturbed = (place: Place["name"], undisturbed: Workspace) =>
    faultyWorkspace(undisturbed, {
      process,
      random,
      probability: rough.faultRate,
      faults: rough.faults,
      injected: (fault) => {
        injected[fault] += 1;
      },
      sending: ({ kind }) => {
        sent += 1;
        if (kind === "clone" && !process.dead())
          clones.set(place, [...(clones.get(place) ?? []), world.clock.time]);
        if (sent !== cancelAt) return;
        injected.cancel += 1;
        abort.abort();
      },
    });
  const source = disturbed("own", workspace);
  return {
    source,
    target: source,
    connectTarget: ({ connection }) =>
      process.turn(async () => {
        const place = story.places.find(({ name }) => name === connection);
        if (place === undefined) throw new RangeError(`there is no ${connection}`);
        return disturbed(place.name, place.workspace);
      }),
    ...mortalDisk(disk, process, killAt, random),
    holder: { hostname: "simulated", pid: process.pid, isAlive: process.isAlive },
    settings: { ...DEFAULT_SETTINGS, audit: { ...DEFAULT_SETTINGS.audit, catalog: story.audit } },
    emit: () => undefined,
    clock: {
      now: () => world.clock.time,
      sleep: (milliseconds, signal) => process.sleep(milliseconds, signal),
    },
    random,
    signal: abort.signal,
  };
}

/** Takes up a run that died, on the machine where it was begun. */
export function resume(story: Story, dead: Runner, process: Process): Promise<RunSummary> {
  return resumeRun(
    dead.disk.records,
    portsOf(story, { process, disk: dead.disk, rough: CALM, clones: new Map() }),
  );
}
