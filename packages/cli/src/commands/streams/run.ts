import {
  discoverStreams,
  findStream,
  parseStreamRequest,
  planStream,
  refreshStream,
  restartStream,
  startStream,
  stopStream,
  type StreamPorts,
  type StreamRecord,
  type StreamRequest,
} from "@clone-xs/clone";
import { configurationOf } from "../../configuration.ts";
import { connect } from "../../connection/connect.ts";
import { ExitCode } from "../../exit-codes.ts";
import { type Surroundings, tell } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";
import { streamPlanText, streamsText, streamText } from "../../views/human/streams.ts";
import type { ConnectionOptions, OutputOptions } from "../options.ts";
import { STREAM_FLAGS, type StreamFlags, streamWire } from "./flags.ts";

export interface StreamOptions extends ConnectionOptions, OutputOptions<"human" | "json"> {
  readonly config?: string;
}

export interface StreamListOptions extends StreamOptions {
  readonly refresh?: boolean;
}

/** `clxs streams plan`: exit 3 when something stands in the stream's way. */
export async function plan(
  options: StreamFlags & StreamOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const request = requestOf(options);
  const planned = await working(options, surroundings, (ports) => planStream(request, ports));
  print(options, surroundings, planned, () => streamPlanText(planned));
  return planned.problems.length === 0 ? ExitCode.done : ExitCode.refused;
}

/** `clxs streams start`. */
export async function start(
  options: StreamFlags & StreamOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const request = requestOf(options);
  return showing(options, surroundings, async (ports) => {
    const record = await startStream(request, ports);
    tellWhoRuns(ports, surroundings);
    return record;
  });
}

/** `clxs streams list`: exit 0, also when there are none. */
export async function listStreams(options: StreamListOptions, surroundings: Surroundings): Promise<ExitCode> {
  const streams = await working(options, surroundings, async (ports) => {
    const found = await discoverStreams(ports);
    return options.refresh === true ? Promise.all(found.map((one) => refreshStream(one, ports))) : found;
  });
  print(options, surroundings, streams, () => streamsText(streams));
  return ExitCode.done;
}

/** `clxs streams show`: exit 1 for one that has failed. */
export async function show(
  id: string,
  options: StreamOptions,
  surroundings: Surroundings,
): Promise<ExitCode> {
  return showing(options, surroundings, async (ports) => {
    const found = await findStream(id, ports);
    if (found === undefined)
      throw new UsageError(`There is no stream ${id}. clxs streams list shows those there are.`);
    return refreshStream(found, ports);
  });
}

/** `clxs streams stop`. */
export function stop(id: string, options: StreamOptions, surroundings: Surroundings): Promise<ExitCode> {
  return showing(options, surroundings, (ports) => stopStream(id, ports));
}

/** `clxs streams restart`. */
export function restart(id: string, options: StreamOptions, surroundings: Surroundings): Promise<ExitCode> {
  return showing(options, surroundings, async (ports) => {
    const record = await restartStream(id, ports);
    tellWhoRuns(ports, surroundings);
    return record;
  });
}

async function showing(
  options: StreamOptions,
  surroundings: Surroundings,
  work: (ports: StreamPorts) => Promise<StreamRecord>,
): Promise<ExitCode> {
  const record = await working(options, surroundings, work);
  print(options, surroundings, record, () => streamText(record));
  return record.status === "failed" ? ExitCode.someFailed : ExitCode.done;
}

async function working<Result>(
  options: StreamOptions,
  surroundings: Surroundings,
  work: (ports: StreamPorts) => Promise<Result>,
): Promise<Result> {
  const { settings } = await configurationOf(options, surroundings);
  const { clock, random, interrupted: signal } = surroundings;
  const workspace = await connect(options, surroundings);
  try {
    return await work({ workspace, settings, clock, random, signal });
  } finally {
    await workspace.close();
  }
}

/** A workspace in this process carries out its runs while the process lives, and goes on with them when it is opened again. */
function tellWhoRuns({ workspace }: StreamPorts, surroundings: Surroundings): void {
  if (workspace.identity.host.startsWith("embedded:"))
    tell(
      surroundings,
      "Nothing serves this workspace: the stream runs while it is open. Keep it open with clxs workspace serve, or clxs serve.",
    );
}

/** The request, or a UsageError that names each flag that cannot be. */
function requestOf(flags: StreamFlags): StreamRequest {
  const parsed = parseStreamRequest(streamWire(flags));
  if (parsed.ok) return parsed.request;
  const lines = parsed.problems.map(({ path, message }) => {
    const flag = STREAM_FLAGS[path.split(/[.[]/u)[0] ?? ""];
    return flag === undefined ? message : `${flag}: ${message}`;
  });
  throw new UsageError(lines.join("\n"));
}

function print(
  { output }: StreamOptions,
  { out }: Surroundings,
  document: unknown,
  human: () => string,
): void {
  out.write(output === "json" ? `${JSON.stringify(document, null, 2)}\n` : `${human()}\n`);
}
