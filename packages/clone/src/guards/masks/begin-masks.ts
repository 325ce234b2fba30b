import { dropMask, dropRowFilter } from "@clone-xs/sql";
import type { ObjectName } from "@clone-xs/unity";
import { impossibleReason } from "../../decide/cloneable.ts";
import { exclusionReason, schemaInScope } from "../../decide/scope.ts";
import { CloneError } from "../../errors.ts";
import { inParallel } from "../../inspect/in-parallel.ts";
import type { DirectGrant } from "../../inspect/inventory.ts";
import type { CloneRequest } from "../../request/request.ts";
import { type GuardPorts, type SendPorts, send } from "../guard-ports.ts";
import type { LiftedTable } from "../journal.ts";
import { withhold } from "../quiesce/begin-quiesce.ts";
import type { QuiesceFacts } from "../quiesce/plan-quiesce.ts";
import { readAllGrants, readQuiesceFacts } from "../quiesce/read-facts.ts";
import type { Released } from "../quiesce/release-quiesce.ts";
import { coversOf } from "./covers.ts";
import { type Exposed, planReads, unstoppable } from "./plan-masks.ts";
import { policies } from "./put-back.ts";
import { findReadThrough, sharesWith } from "./read-through.ts";

/** A source whose masks are off, and which nobody but the runner reads. */
export interface Lifted {
  readonly tables: readonly LiftedTable[];
  /** Direct grants of the source as they were before anything was withheld: what a copy gets. */
  readonly grants: readonly DirectGrant[];
  /** Covers the tables again, and gives the reads back after; takes no signal, never throws. Idempotent. */
  release(): Promise<Released>;
}

export interface Lifting {
  readonly request: CloneRequest;
  readonly runId: string;
  readonly ports: GuardPorts;
  readonly signal: AbortSignal;
  /** Throws when another run has taken over. */
  readonly beforeStep: () => Promise<void>;
}

/**
 * Takes SELECT from everybody but the runner wherever it reaches a masked or filtered table of the scope, and then takes masks and filters
 * off. All of that is on the local disk and in the workspace before the first change. `undefined`: nothing is covered. When it cannot
 * be completed, everything is given back. Throws MASK_GUARD_REFUSED, also while somebody could read whom no grant decides.
 */
export async function beginMasks(lifting: Lifting): Promise<Lifted | undefined> {
  const { request, ports } = lifting;
  const catalog = request.sourceCatalog;
  const found = await readMasks(request, ports);
  if (found === undefined) return undefined;
  const { tables, exposed, facts, held } = found;
  await leaveShares(held, catalog, ports);
  ports.log(
    "warn",
    `Masks: nobody but ${facts.runner} reads ${textOf(catalog, tables)} while they are lifted; metastore admins must not grant themselves anything on them meanwhile.`,
  );
  const release = await withhold(
    {
      revocations: planReads(facts, exposed),
      again: (grants) => planReads({ ...facts, grants }, exposed),
      lifted: tables,
    },
    facts,
    { runId: lifting.runId, ports, limit: request.maxParallel, signal: lifting.signal },
  ).catch(asRefusal(catalog));
  try {
    await lift(tables, exposed, facts, lifting);
  } catch (error) {
    await release();
    return asRefusal(catalog)(error);
  }
  return { tables, grants: facts.grants, release };
}

/** What the guard is decided by. */
interface Masks {
  readonly tables: readonly LiftedTable[];
  /** The tables, and the runner's views over them. */
  readonly exposed: Exposed;
  readonly facts: QuiesceFacts;
  /** Our own shares that hold one of them. */
  readonly held: Awaited<ReturnType<typeof sharesWith>>;
}

/** Looks at what is covered and who could read it bare; changes nothing. `undefined`: nothing is covered. Throws MASK_GUARD_REFUSED. */
async function readMasks(request: CloneRequest, ports: SendPorts): Promise<Masks | undefined> {
  const catalog = request.sourceCatalog;
  const tables = await coveredTables(request, ports);
  if (tables.length === 0) return undefined;
  const facts = await readQuiesceFacts(request, ports).catch(asRefusal(catalog));
  const { views, open } = await findReadThrough(catalog, tables, ports.workspace);
  const exposed = [...tables, ...views];
  const held = await sharesWith(catalog, tables, ports.workspace).catch(asRefusal(catalog));
  const others = held.filter(({ share }) => !OUR_SHARE.test(share));
  const recipients = others.map(({ share }) => `the recipients of share ${share}`);
  refuseWhile([...unstoppable(facts, exposed), ...open, ...recipients], catalog, tables);
  return { tables, exposed, facts, held };
}

/** What the guard would do, in one sentence; `undefined`: nothing. Throws MASK_GUARD_REFUSED as a run would. */
export async function previewMasks(request: CloneRequest, ports: SendPorts): Promise<string | undefined> {
  const found = await readMasks(request, ports);
  if (found === undefined) return undefined;
  const { tables, exposed, facts } = found;
  const grants = planReads(facts, exposed).length;
  return `It would withhold reads by ${grants} ${grants === 1 ? "grant" : "grants"}, lift masks and filters of ${textOf(request.sourceCatalog, tables)}, and give everything back`;
}

async function coveredTables(
  request: CloneRequest,
  { workspace }: SendPorts,
): Promise<readonly LiftedTable[]> {
  const { unity } = workspace;
  const catalog = request.sourceCatalog;
  const schemas = (await unity.schemas(catalog)).filter(({ schema }) => schemaInScope(schema, request.scope));
  const listed = await inParallel(schemas, request.maxWorkers, ({ schema }) => unity.tables(catalog, schema));
  return listed.flat().flatMap((table) => {
    const { schema, name } = table;
    if (table.tableType === "VIEW" || exclusionReason({ schema, name, type: "table" }, request)) return [];
    if (impossibleReason(table, request.cloneType, true) !== undefined) return [];
    return coversOf(table) ?? [];
  });
}

function refuseWhile(readers: readonly string[], catalog: string, tables: readonly LiftedTable[]): void {
  if (readers.length === 0) return;
  const shown = readers.slice(0, SHOWN).join("; ");
  const more = readers.length > SHOWN ? `; and ${readers.length - SHOWN} more` : "";
  throw new CloneError(
    "MASK_GUARD_REFUSED",
    `Masks and filters of ${textOf(catalog, tables)} are not lifted: these could read the bare values meanwhile, and no grant decides that: ${shown}${more}. Change that, leave these tables out, or clone without auto_handle_masks.`,
    { object: catalog, details: readers },
  );
}

const SHOWN = 5;

/** Of our own shares, which each run fills as it needs them, the tables are taken out: they are not for the recipients of earlier ones. */
async function leaveShares(held: Masks["held"], catalog: string, ports: GuardPorts): Promise<void> {
  const { sharing } = ports.workspace;
  for (const { share, objects } of held)
    await sharing
      .updateShare(
        share,
        objects.map((object) => ({ action: "REMOVE" as const, object })),
      )
      .catch(asRefusal(catalog));
}

const OUR_SHARE = /^clone_xs_share_[0-9a-f]{8}$/u;

async function lift(
  tables: readonly LiftedTable[],
  exposed: Exposed,
  facts: QuiesceFacts,
  { ports, signal, beforeStep, request }: Lifting,
): Promise<void> {
  const catalog = request.sourceCatalog;
  for (const table of tables) {
    const name = { catalog, schema: table.schema, name: table.name };
    signal.throwIfAborted();
    // Whoever has taken over has covered the tables again and given the reads back.
    await beforeStep();
    await uncover(name, table, ports);
  }
  const grants = await readAllGrants(catalog, facts.owners, ports);
  const again = planReads({ ...facts, grants }, exposed);
  if (again.length > 0)
    throw new CloneError(
      "MASK_GUARD_REFUSED",
      `${again[0]?.principal ?? ""} was granted reads on ${catalog} while its masks were being lifted; they are put back.`,
      { object: catalog },
    );
}

async function uncover(name: ObjectName, table: LiftedTable, ports: GuardPorts): Promise<void> {
  const now = await ports.workspace.unity.table(name);
  if (now === undefined || JSON.stringify(coversOf(now)) !== JSON.stringify(table))
    throw new CloneError(
      "MASK_GUARD_REFUSED",
      `${name.catalog}.${name.schema}.${name.name} was changed while it was being made ready; nothing of it is lifted.`,
      { object: name.catalog },
    );
  if (table.rowFilter !== undefined) await send(dropRowFilter(name), ports);
  for (const { column } of table.masks) await send(dropMask(name, column), ports);
  ports.log("info", `Masks: lifted ${policies(table)} on ${name.catalog}.${name.schema}.${name.name}`);
}

/** Rethrows what kept the guard from standing under its own code; what a cancel threw passes. */
function asRefusal(catalog: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof Error) || error.name === "AbortError") throw error;
    const { message } = error;
    if (error instanceof CloneError && (error.code === "MASK_GUARD_REFUSED" || error.code === "LEASE_LOST"))
      throw error;
    throw new CloneError("MASK_GUARD_REFUSED", `Masks of ${catalog} are not lifted. ${message}`, {
      object: catalog,
      cause: error,
    });
  };
}

function textOf(catalog: string, tables: readonly LiftedTable[]): string {
  const names = tables.slice(0, SHOWN).map(({ schema, name }) => `${catalog}.${schema}.${name}`);
  return tables.length > SHOWN ? `${names.join(", ")} and ${tables.length - SHOWN} more` : names.join(", ");
}
