import { DEFAULT_SETTINGS, type CloneRequestWire, parseCloneRequest, type RunSummary } from "@clone-xs/clone";
import type { Workspace } from "@clone-xs/unity";
import { connect } from "../../connection/connect.ts";
import { demoQuick, demoSecure } from "../../demo/catalogs.ts";
import { seed } from "../../demo/seed.ts";
import { type Check, COPY, story } from "../../demo/story.ts";
import { ExitCode } from "../../exit-codes.ts";
import { recordedClone } from "../../runs/recorded-clone.ts";
import { type Surroundings, tell } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";
import { type Colours, coloursOn } from "../../views/human/colours.ts";
import { progressOn } from "../../views/human/progress.ts";
import type { OutputOptions } from "../options.ts";

export interface DemoOptions extends OutputOptions<"human" | "json"> {
  readonly scale: number;
  readonly seed: number;
  readonly seedOnly?: boolean;
  readonly connected?: boolean;
  readonly profile?: string;
}

/** `clxs demo`: exit 0 when everything it claims was seen, 1 when something was not. Embedded unless told otherwise. */
export async function demo(options: DemoOptions, surroundings: Surroundings): Promise<ExitCode> {
  const embedded = options.connected !== true && options.profile === undefined;
  const { profile } = options;
  const workspace = await connect({ embedded, ...(profile === undefined ? {} : { profile }) }, surroundings);
  try {
    return options.seedOnly === true
      ? await seedAll(options, workspace, surroundings)
      : await tellStory(options, workspace, surroundings);
  } finally {
    await workspace.close();
  }
}

async function seedAll(
  size: DemoOptions,
  workspace: Workspace,
  surroundings: Surroundings,
): Promise<ExitCode> {
  for (const catalog of [demoQuick, demoSecure]) {
    const seeded = await seed(workspace, catalog, size, surroundings.interrupted);
    tell(surroundings, `${catalog.name} ${seeded === "made" ? "is made" : "is there from before"}`);
  }
  return ExitCode.done;
}

async function tellStory(
  options: DemoOptions,
  workspace: Workspace,
  surroundings: Surroundings,
): Promise<ExitCode> {
  const checks: Check[] = [];
  const ports = {
    workspace,
    clone: (wire: CloneRequestWire) => cloneQuietly(wire, workspace, surroundings),
    signal: surroundings.interrupted,
    size: { seed: options.seed, scale: options.scale },
  };
  const human = options.output === "human";
  const colours = coloursOn(surroundings);
  for await (const check of story(ports)) {
    checks.push(check);
    if (human) surroundings.out.write(`${checkText(check, colours)}\n`);
  }
  const passed = checks.every((check) => check.passed);
  surroundings.out.write(
    human ? `\n${ending(passed)}\n` : `${JSON.stringify({ passed, checks }, null, 2)}\n`,
  );
  return passed ? ExitCode.done : ExitCode.someFailed;
}

async function cloneQuietly(
  wire: CloneRequestWire,
  workspace: Workspace,
  surroundings: Surroundings,
): Promise<RunSummary> {
  const parsed = parseCloneRequest(wire);
  if (!parsed.ok) throw new UsageError(parsed.problems.map(({ message }) => message).join("\n"));
  const view = { event: surroundings.err.isTerminal ? progressOn(surroundings) : () => undefined };
  const { summary } = await recordedClone(
    { request: parsed.request, wire, workspace, view, settings: DEFAULT_SETTINGS },
    surroundings,
  );
  return summary;
}

function checkText({ passed, text, details }: Check, colours: Colours): string {
  return [`${colours.mark(passed)} ${text}`, ...details.map((line) => `    ${line}`)].join("\n");
}

function ending(passed: boolean): string {
  if (!passed)
    return `The demo failed. To begin anew: clxs sql --embedded "DROP CATALOG ${COPY} CASCADE", or delete .clxs (or what CLXS_HOME names).`;
  return [
    "Where to look next:",
    '  npx clxs sql "SELECT * FROM demo_copy.gold.revenue_by_country"',
    "  npx clxs diff --source demo_quick --dest demo_copy",
    "  npx clxs clone --source demo_quick --dest my_copy",
    "  npm start            the same in the browser, and as an API",
  ].join("\n");
}
