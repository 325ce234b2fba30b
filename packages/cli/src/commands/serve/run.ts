import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { connectDatabricks } from "@clone-xs/databricks/client";
import { holderOf } from "@clone-xs/lakehouse";
import {
  jsonLog,
  type LogLevel,
  type Neighbour,
  type RunningServer,
  type ServerLog,
  type ServerOptions,
  startServer,
  textLog,
} from "@clone-xs/server";
import type { Workspace } from "@clone-xs/unity";
import { configurationOf } from "../../configuration.ts";
import { clientEffects } from "../../connection/client-effects.ts";
import { databricksConfig, targetOpener, tellConnected } from "../../connection/connect.ts";
import { connectEmbedded } from "../../connection/embedded.ts";
import { serveEmbedded } from "../../connection/embedded-workspaces.ts";
import { storeDirectory, workspaceDirectory } from "../../connection/home.ts";
import type { ServedWorkspace } from "../../connection/served-workspace.ts";
import { demoQuick, demoSecure } from "../../demo/catalogs.ts";
import { seed } from "../../demo/seed.ts";
import { ExitCode } from "../../exit-codes.ts";
import { thisProcess } from "../../runs/this-process.ts";
import { type Surroundings, tell } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";
import { servedText } from "../../views/human/served.ts";
import type { ConnectionOptions, OutputOptions } from "../options.ts";
import { VERSION } from "../../version.ts";
import { untilInterrupted } from "../until-interrupted.ts";

export interface ServeOptions extends ConnectionOptions, OutputOptions<"human" | "json"> {
  readonly config?: string;
  readonly port: number;
  readonly host: string;
  readonly auth?: "token" | "none";
  readonly allowHost?: readonly string[];
  readonly trustProxy?: boolean;
  readonly maxParallelRuns: number;
  readonly retryRuns: number;
  readonly keepRuns: number;
  readonly requireReview?: boolean;
  readonly logFormat: "text" | "json";
  readonly logLevel: LogLevel;
  readonly publicUrl?: string;
  readonly withDemoData?: boolean;
}

/** What the server works on: how to connect, and what of it this process itself serves. */
interface Served {
  readonly connect: () => Promise<Workspace>;
  readonly workspaces: readonly ServedWorkspace[];
  readonly close: () => Promise<void>;
}

/** `clxs serve`: prints where, then serves until Ctrl-C; exit 0 when it was stopped. */
export async function serve(options: ServeOptions, surroundings: Surroundings): Promise<ExitCode> {
  const { settings } = await configurationOf(options, surroundings);
  const served = await workOn(options, surroundings);
  try {
    const seeded = gate();
    // The port is taken first, so that a wrong one is told at once; requests wait until the data is there.
    const connect = () => seeded.passed.then(served.connect);
    const neighbours = neighboursOf(served);
    const server = await startServer(serverOptions(options, { connect, neighbours, settings }, surroundings));
    try {
      if (options.withDemoData === true) await seedWhenEmpty(served, surroundings);
      seeded.open();
      announce(server, served, options, surroundings);
      await untilInterrupted(surroundings.interrupted);
    } finally {
      seeded.open();
      await server.close();
    }
    return ExitCode.done;
  } finally {
    await served.close();
  }
}

function gate(): { readonly passed: Promise<void>; readonly open: () => void } {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

async function workOn(options: ServeOptions, surroundings: Surroundings): Promise<Served> {
  const config = await databricksConfig(options, surroundings);
  if (config !== undefined) {
    tell(surroundings, `Working on ${config.host}`);
    const connect = () => connectDatabricks(config, clientEffects(surroundings));
    return { connect, workspaces: [], close: () => Promise.resolve() };
  }
  const directory = workspaceDirectory(surroundings);
  return (await holderOf(directory)) === undefined
    ? openHere(directory, options, surroundings)
    : openThere(directory, surroundings);
}

/** Another process holds the directory: work through it. */
async function openThere(directory: string, surroundings: Surroundings): Promise<Served> {
  const connect = () => connectEmbedded(directory, surroundings);
  const workspace = await connect();
  tellConnected(workspace, surroundings);
  await workspace.close();
  return { connect, workspaces: [], close: () => Promise.resolve() };
}

/** With the demo catalogs come two targets for them, in metastores of their own. */
const DEMO_WORKSPACES = 3;

async function openHere(
  directory: string,
  { withDemoData = false }: ServeOptions,
  surroundings: Surroundings,
): Promise<Served> {
  const count = withDemoData ? DEMO_WORKSPACES : 1;
  const { first, served, close } = await serveEmbedded(directory, { count, port: 0 }, surroundings);
  tell(surroundings, `Connected to embedded:${directory} as ${first.owner}`);
  return { connect: () => Promise.resolve(first.connect()), workspaces: served, close };
}

/** The workspaces beside the one that is worked on, as targets. */
function neighboursOf({ workspaces }: Served): readonly Neighbour[] {
  return workspaces
    .slice(1)
    .map(({ name, host, token, warehouse_id: warehouseId }) => ({ name, host, token, warehouseId }));
}

function serverOptions(
  options: ServeOptions,
  works: Pick<ServerOptions, "connect" | "neighbours" | "settings">,
  surroundings: Surroundings,
): ServerOptions {
  const { clock, random, env } = surroundings;
  const secretKey = env["CLXS_SECRET_KEY"];
  const page = fileURLToPath(new URL("./ui", import.meta.url));
  return {
    ...accessOf(options, surroundings),
    port: options.port,
    storeDirectory: storeDirectory(surroundings),
    ...(existsSync(join(page, "index.html")) ? { uiDirectory: page } : {}),
    version: VERSION,
    ...works,
    openWorkspace: targetOpener(surroundings),
    ...(secretKey === undefined ? {} : { secretKey }),
    hostname: surroundings.hostname,
    clock,
    random,
    process: thisProcess(surroundings),
    maxParallelRuns: options.maxParallelRuns,
    retryRuns: options.retryRuns,
    keepRunDays: options.keepRuns,
    requireReview: options.requireReview === true,
    ...publicUrlOf(options),
    log: logOf(options, surroundings),
  };
}

function publicUrlOf({ publicUrl }: ServeOptions): Pick<ServerOptions, "publicUrl"> {
  if (publicUrl === undefined) return {};
  const url = URL.canParse(publicUrl) ? new URL(publicUrl) : undefined;
  if (url?.protocol === "https:" || url?.protocol === "http:") return { publicUrl: url.href };
  throw new UsageError("--public-url: give the address of the page, for instance https://clone.example.com");
}

function logOf({ logFormat, logLevel }: ServeOptions, surroundings: Surroundings): ServerLog {
  return logFormat === "json"
    ? jsonLog((text) => surroundings.err.write(text), logLevel)
    : textLog((line) => tell(surroundings, line), logLevel);
}

/** The token comes from where it does not show in a list of processes. */
function accessOf(
  { host, auth, allowHost = [], trustProxy = false }: ServeOptions,
  { env }: Surroundings,
): Pick<ServerOptions, "host" | "auth" | "token" | "allowHosts" | "trustProxy"> {
  const token = env["CLXS_TOKEN"];
  return {
    host,
    auth: auth ?? "default",
    allowHosts: allowHost,
    trustProxy,
    ...(token === undefined ? {} : { token }),
  };
}

async function seedWhenEmpty({ connect }: Served, surroundings: Surroundings): Promise<void> {
  const workspace = await connect();
  try {
    if ((await workspace.unity.catalog(demoQuick.name)) === undefined)
      tell(surroundings, "Making the demo catalogs demo_quick and demo_secure …");
    for (const catalog of [demoQuick, demoSecure])
      await seed(workspace, catalog, { seed: 7, scale: 1 }, surroundings.interrupted);
  } finally {
    await workspace.close();
  }
}

const OPEN_WARNING =
  "Warning: whoever reaches this address may do everything here, without a token (--auth none). Let only a proxy reach it that asks who they are.";

function announce(
  { url, token: asked, open }: RunningServer,
  { workspaces }: Served,
  { output }: ServeOptions,
  surroundings: Surroundings,
): void {
  const { out, env } = surroundings;
  // Whoever gave the token knows it.
  const token = env["CLXS_TOKEN"] === undefined ? asked : undefined;
  if (open) tell(surroundings, OPEN_WARNING);
  if (output === "json") {
    out.write(`${JSON.stringify({ url, ...(token === undefined ? {} : { token }), workspaces })}\n`);
    return;
  }
  const targets = workspaces
    .slice(1)
    .map(({ name }) => name)
    .join(", ");
  const lines = [
    "Clone-Xs is running. Ctrl-C stops it.",
    `  page       ${url}/clone`,
    `  API        ${url}/api (description: ${url}/api/openapi.json)`,
    ...(token === undefined
      ? []
      : [`  token      ${token} (of the role admin; others: clxs config tokens add)`]),
    ...workspaces.map(servedText),
    "From another shell in this directory: npx clxs clone --source demo_quick --dest demo_copy",
    ...(workspaces.length > 1 ? [`Saved as connections, to clone to: ${targets}`] : []),
  ];
  out.write(`${lines.join("\n")}\n`);
}
