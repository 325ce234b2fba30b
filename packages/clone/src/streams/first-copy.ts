import { cloneTable, createCatalog, createSchema } from "@clone-xs/sql";
import type { Statement } from "@clone-xs/unity";
import { CloneError } from "../errors.ts";
import { sendUntilKnown } from "../execute/retry.ts";
import { inParallel } from "../inspect/in-parallel.ts";
import type { StreamPorts } from "./ports.ts";
import { keptBy, positionProperties } from "./position.ts";
import type { StreamRequest } from "./request.ts";
import { sending } from "./sync-table.ts";
import type { SurveyedTable } from "./survey.ts";

/** Copies that are made at the same time. */
const PARALLEL = 4;

/**
 * Makes the destination, its schemas and every copy that is not there yet, each with its position in the same commit. A copy that is there
 * keeps its position: who starts a stream beside somebody else does no harm. Throws FOREIGN_TARGET for a table that appeared meanwhile.
 */
export async function makeFirstCopies(
  tables: readonly SurveyedTable[],
  { streamId, destinationCatalog }: Pick<StreamRequest, "streamId" | "destinationCatalog">,
  ports: StreamPorts,
): Promise<void> {
  const made = tables.filter(({ firstCopy: how }) => how === "create");
  if (made.length > 0) await ensureContainers(destinationCatalog, made, ports);
  await inParallel(tables, PARALLEL, (table) => firstCopy(table, streamId, ports));
}

async function ensureContainers(
  catalog: string,
  tables: readonly SurveyedTable[],
  ports: StreamPorts,
): Promise<void> {
  const { unity } = ports.workspace;
  if ((await unity.catalog(catalog)) === undefined)
    await sendEnsuring(createCatalog({ catalog, ifNotExists: true }), ports);
  const there = new Set((await unity.schemas(catalog)).map(({ schema }) => schema.toLowerCase()));
  const wanted = new Set(tables.map(({ ends }) => ends.target.schema));
  for (const schema of [...wanted].filter((name) => !there.has(name.toLowerCase())))
    await sendEnsuring(createSchema({ catalog, schema, ifNotExists: true }), ports);
}

/** Sends what makes something unless it is there; twice does no harm. */
export async function sendEnsuring(statement: Statement, ports: StreamPorts): Promise<void> {
  const { statements } = ports.workspace;
  const send = () => statements.execute(statement, ports.signal ? { signal: ports.signal } : {});
  await sendUntilKnown({ send, observe: send }, ports);
}

async function firstCopy(table: SurveyedTable, streamId: string, ports: StreamPorts): Promise<void> {
  const { firstCopy: how, program, newest, kept } = table;
  const send = sending(ports.workspace.statements, ports.signal);
  if (how === "create") return create(table, streamId, ports);
  if (how === "replace")
    await send(program.statements.refresh, "clone", { to: newest.version, at: newest.at });
  // It was another stream's, which has ended: this one goes on from where that was.
  else if (kept !== undefined && kept.stream !== streamId)
    await send(program.statements.keep, "alter", { to: kept.position.version, at: kept.position.at });
}

/** Without OR REPLACE: of two that start the same stream one makes the copy, and the other finds it. */
async function create(
  { program, ends, newest }: SurveyedTable,
  streamId: string,
  ports: StreamPorts,
): Promise<void> {
  const { statements } = ports.workspace;
  const statement = cloneTable({
    ...ends,
    asOf: { version: BigInt(newest.version) },
    tblProperties: positionProperties(program.mark, newest),
  });
  const observe = async () => {
    const target = await ports.workspace.unity.table(ends.target);
    return keptBy(target?.properties ?? {}, ends.target)?.stream === streamId ? true : undefined;
  };
  const send = async () => {
    await statements.execute(statement, ports.signal ? { signal: ports.signal } : {});
    return true;
  };
  await sendUntilKnown({ send, observe }, ports).catch((error: unknown) => {
    throw new CloneError("STREAM_FAILED", `${program.target} could not be made: ${messageOf(error)}`, {
      object: program.target,
      cause: error,
    });
  });
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
