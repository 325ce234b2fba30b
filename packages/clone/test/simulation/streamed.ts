import { id, sql, statement } from "@clone-xs/sql";
import { fullName, type ObjectName } from "@clone-xs/unity";
import { DEFAULT_SETTINGS } from "../../src/run/settings.ts";
import { type Memory, runTick } from "../../src/streams/loop.ts";
import { RUN_PREFIX } from "../../src/streams/names.ts";
import type { StreamPorts } from "../../src/streams/ports.ts";
import type { StreamProgram } from "../../src/streams/program.ts";
import { parseStreamRequest, type StreamRequest } from "../../src/streams/request.ts";
import { startStream } from "../../src/streams/start-stream.ts";
import { sending } from "../../src/streams/sync-table.ts";
import { readProgram } from "../../src/streams/task-file.ts";
import { rowsOf } from "./catalog.ts";
import { faultyWorkspace } from "./faults.ts";
import { between, pick } from "./random.ts";
import { openScheduler, type Process } from "./scheduler.ts";
import type { Story } from "./story.ts";
import { CALM, PASSING, type Weather } from "./weather.ts";

/** What others do to a source that a stream follows. */
const CHANGES = ["insert", "update", "delete", "optimize", "add_column"] as const;

const ROUGH: Weather = { ...CALM, faults: PASSING, faultRate: 0.15, killRate: 0.4 };

/**
 * A stream in trouble: two processes start it at once and lose replies, loops of two runs look after it side by side and die in the middle of
 * a tick, and others write all the while. Then an undisturbed loop looks twice, and every copy must be its source.
 */
export async function followStream(story: Story): Promise<void> {
  const { random, workspace, model } = story;
  for (const table of model.tables())
    await workspace.statements.execute(
      statement(
        "alter",
        sql`ALTER TABLE ${id(table)} SET TBLPROPERTIES ('delta.enableChangeDataFeed' = 'true')`,
      ),
    );
  for (let row = 0; row < 4 * model.tables().length; row += 1) await model.change("insert");
  const request = requestOf(story);
  const program = await startedTwice(story, request);
  const rounds = between(random, 2, 4);
  for (let round = 0; round < rounds; round += 1) await disturbedTicks(story, program);
  await settled(story, program);
  const [run] = await workspace.jobs.runs({ namePrefix: RUN_PREFIX, activeOnly: true });
  if (run !== undefined) await workspace.jobs.cancel(run.runId);
}

/** Some tables by key, the others by clones. */
function requestOf({ random, source, target, model }: Story): StreamRequest {
  const tables = model.tables().map(local);
  const parsed = parseStreamRequest({
    source_catalog: source,
    destination_catalog: target,
    tables,
    keys: Object.fromEntries(tables.filter(() => random() < 0.7).map((table) => [table, ["id"]])),
  });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.request;
}

/** However often a stream is started, it has one run. */
async function startedTwice(story: Story, request: StreamRequest): Promise<StreamProgram> {
  const { random, world, workspace, checks } = story;
  const scheduler = openScheduler({ random, clock: world.clock, beforeTurn: () => Promise.resolve() });
  const starters = [scheduler.process(), scheduler.process()].map((process) => ({
    process,
    main: startStream(request, portsOf(story, process, { ...ROUGH, killRate: 0 })),
  }));
  await scheduler.drive(starters);
  const ends = await Promise.allSettled(starters.map(({ main }) => main));
  const calm = openScheduler({ random, clock: world.clock, beforeTurn: () => Promise.resolve() });
  const process = calm.process();
  const main = startStream(request, portsOf(story, process, CALM));
  await calm.drive([{ process, main }]);
  const { program_path: path, run_id: runId } = await main;
  const active = await workspace.jobs.runs({ namePrefix: RUN_PREFIX, activeOnly: true });
  const told = ends.flatMap((end) => (end.status === "fulfilled" ? [end.value.run_id] : []));
  checks.check(
    "streamed",
    active.length === 1 && told.every((each) => each === runId),
    () => `runs ${active.map((run) => run.runId).join()}; told ${told.join()}, then ${runId}`,
  );
  return readProgram(workspace.files, path);
}

async function disturbedTicks(story: Story, program: StreamProgram): Promise<void> {
  const { random, world, model, injected } = story;
  const scheduler = openScheduler({
    random,
    clock: world.clock,
    beforeTurn: async () => {
      if (random() >= 0.3) return;
      const change = pick(random, CHANGES);
      await model.change(change);
      injected[change] += 1;
    },
  });
  const count = random() < 0.3 ? 2 : 1;
  const loops = Array.from({ length: count }, () => {
    const process = scheduler.process();
    return { process, main: looks(story, program, process) };
  });
  if (count > 1) injected.second_runner += 1;
  await scheduler.drive(loops);
  injected.kill += loops.filter(({ process }) => process.dead()).length;
}

/** A run's first ticks. It may give up, as its job then begins anew. */
async function looks(story: Story, program: StreamProgram, process: Process): Promise<void> {
  const { workspace } = portsOf(story, process, ROUGH);
  const memory: Memory = { positions: new Map(), failures: new Map() };
  const ticks = between(story.random, 1, 2);
  for (let tick = 0; tick < ticks; tick += 1)
    await runTick(program, memory, sending(workspace.statements, undefined), {}).catch(() => undefined);
}

async function settled(story: Story, program: StreamProgram): Promise<void> {
  const { workspace, model, checks, target } = story;
  const memory: Memory = { positions: new Map(), failures: new Map() };
  const send = sending(workspace.statements, undefined);
  for (let tick = 0; tick < 2; tick += 1) await runTick(program, memory, send, {});
  for (const table of model.tables()) {
    const [wanted, found] = [
      await rowsOf(workspace, table),
      await rowsOf(workspace, { ...table, catalog: target }),
    ];
    const holds = wanted.join() === found.join();
    checks.check("streamed", holds, () => `${fullName(table)}: ${wanted.join()} — ${found.join()}`);
  }
}

function portsOf(story: Story, process: Process, rough: Weather): StreamPorts {
  const { random, world, workspace, injected } = story;
  const killAt = random() < rough.killRate ? between(random, 1, 25) : Number.POSITIVE_INFINITY;
  let sent = 0;
  const disturbed = faultyWorkspace(workspace, {
    process,
    random,
    probability: rough.faultRate,
    faults: rough.faults,
    injected: (fault) => {
      injected[fault] += 1;
    },
    sending: () => {
      sent += 1;
      if (sent === killAt) process.kill();
    },
  });
  return {
    workspace: disturbed,
    settings: { ...DEFAULT_SETTINGS, audit: { ...DEFAULT_SETTINGS.audit, catalog: story.audit } },
    clock: {
      now: () => world.clock.time,
      sleep: (milliseconds, signal) => process.sleep(milliseconds, signal),
    },
    random,
  };
}

function local({ schema, name }: ObjectName): string {
  return `${schema}.${name}`;
}
