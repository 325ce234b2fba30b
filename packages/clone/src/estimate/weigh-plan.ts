import { WorkspaceError } from "@clone-xs/unity";
import type { Decision } from "../decide/decision.ts";
import type { Ends, InspectPorts } from "../inspect/ends.ts";
import { inParallel } from "../inspect/in-parallel.ts";
import { localKey } from "../inspect/inventory.ts";
import type { ClonePlan, CloneTableOperation, Step } from "../plan/plan.ts";
import type { CloneRequest } from "../request/request.ts";
import { compareFiles, forecastOf } from "./forecast.ts";
import { readSizes, type SizeRead } from "./sizes.ts";

/** A plan whose tables are weighed, and what they come to as far as that is known. */
export interface WeighedPlan {
  readonly plan: ClonePlan;
  readonly weights?: Weights;
}

export interface Weights {
  /** Bytes that the plan's clones are expected to copy. */
  readonly toCopy: number;
  /** Bytes of all tables that are cloned or kept. */
  readonly total: number;
}

/**
 * Adds to each clone of a plan the bytes that it is expected to copy: one statement for each 25 tables. A dry run is also told exactly, by
 * comparing files where the histories do not tell closely enough. What cannot be read is left out: a plan can be carried out without.
 */
export async function weighPlan(
  plan: ClonePlan,
  ends: Ends,
  request: CloneRequest,
  ports: InspectPorts,
): Promise<WeighedPlan> {
  try {
    return await weigh(plan, ends, request, ports);
  } catch (error) {
    if (error instanceof WorkspaceError || ports.signal?.aborted) return { plan };
    throw error;
  }
}

async function weigh(
  plan: ClonePlan,
  ends: Ends,
  request: CloneRequest,
  ports: InspectPorts,
): Promise<WeighedPlan> {
  const clones = plan.steps.filter(isWhole);
  const kept = plan.decisions.filter(({ kind, action }) => kind === "table" && action === "keep");
  const { name: catalog } = ends.source.catalog;
  const named = request.dryRun ? kept.map(({ schema, name }) => ({ catalog, schema, name })) : [];
  const tables = [...clones.map(({ operation }) => operation.source), ...named];
  const options = {
    parallel: request.maxParallel,
    onlyTogether: !request.dryRun,
    ...(ports.signal ? { signal: ports.signal } : {}),
  };
  const sizes = await readSizes(ports.source.statements, tables, options);
  const decisions = new Map(plan.decisions.map((one) => [localKey(one), one]));
  const expected = await inParallel(clones, request.maxParallel, async (step) => {
    const decision = decisions.get(localKey(step.operation.source));
    return [
      step.id,
      decision && (await expectedBytes(step, decision, { ends, request, ports, sizes })),
    ] as const;
  });
  const bytes = new Map(expected);
  const weights = weightsOf(expected, kept, ends, sizes, clones);
  return {
    plan: { ...plan, steps: plan.steps.map((step) => withBytes(step, bytes)) },
    ...(weights ? { weights } : {}),
  };
}

type Clone = Step & { readonly operation: CloneTableOperation };

/** Made by CLONE: what a query or a definition makes has another size. */
function isWhole(step: Step): step is Clone {
  return step.operation.kind === "clone_table" && step.operation.definition === null;
}

interface Known {
  readonly ends: Ends;
  readonly request: CloneRequest;
  readonly ports: InspectPorts;
  readonly sizes: ReadonlyMap<string, SizeRead>;
}

async function expectedBytes(
  { operation: { source, readFrom, target, depth } }: Clone,
  decision: Decision,
  { ends, request, ports, sizes }: Known,
): Promise<number | undefined> {
  if (depth === "SHALLOW" || decision.reason === "in_sync") return 0;
  const read = sizes.get(localKey(source));
  if (read?.ok !== true) return undefined;
  const { bytes } = read.size;
  const known = forecastOf({ decision, bytes, sourceHistory: ends.source.histories[localKey(source)] });
  if (known !== undefined) return known.bytes;
  if (!request.dryRun) return bytes;
  // The target sees both: under the name that its route gives the source, once that is open.
  const { statements } = readFrom === undefined ? ports.source : ports.target;
  const compared = await compareFiles(statements, { source: readFrom ?? source, target }, ports.signal);
  return compared.ok ? compared.bytes : bytes;
}

function withBytes(step: Step, bytes: ReadonlyMap<string, number | undefined>): Step {
  const sizeBytes = bytes.get(step.id);
  if (sizeBytes === undefined || step.operation.kind !== "clone_table") return step;
  return { ...step, operation: { ...step.operation, sizeBytes } };
}

/** Known only when it is known of every table: of kept ones the size read, or what their last clone says. */
function weightsOf(
  expected: readonly (readonly [string, number | undefined])[],
  kept: readonly Decision[],
  { target }: Ends,
  sizes: ReadonlyMap<string, SizeRead>,
  clones: readonly Clone[],
): Weights | undefined {
  const sizeOf = (key: string) => {
    const read = sizes.get(key);
    return read?.ok ? read.size.bytes : undefined;
  };
  const cloned = clones.map(({ operation }) => sizeOf(localKey(operation.source)));
  const standing = kept.map((one) => sizeOf(localKey(one)) ?? clonedSize(target?.histories[localKey(one)]));
  const toCopy = sum(expected.map(([, bytes]) => bytes));
  const total = sum([...cloned, ...standing]);
  return toCopy === undefined || total === undefined ? undefined : { toCopy, total };
}

/** What the source came to when the clone was made, by the clone's own history. */
function clonedSize(
  history: NonNullable<Ends["target"]>["histories"][string] | undefined,
): number | undefined {
  if (history?.ok !== true) return undefined;
  const clone = history.entries.find(({ operation }) => operation.toUpperCase() === "CLONE");
  const size = clone?.metrics["sourceTableSize"];
  return size === undefined ? undefined : Number(size);
}

function sum(values: readonly (number | undefined)[]): number | undefined {
  return values.reduce<number | undefined>(
    (total, value) => (total === undefined || value === undefined ? undefined : total + value),
    0,
  );
}
