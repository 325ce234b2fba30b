/**
 * The engine's own process: DuckDB behind messages. It ends with its parent, however that dies, and leaves signals of the terminal to it.
 */
import { type DuckDBConnection, DuckDBInstance, type DuckDBResult, type DuckDBValue } from "@duckdb/node-api";
import { registerHashes } from "./hashes/register.ts";
import type { FromEngine, ToEngine } from "./protocol.ts";

interface Session {
  readonly connection: DuckDBConnection;
  running: boolean;
  /** Set while a query is being stopped. */
  interrupting: NodeJS.Timeout | undefined;
}

const sessions = new Map<number, Promise<Session>>();
let instance: Promise<DuckDBInstance> | undefined;

process.on("message", (message: ToEngine) => void handle(message));
// A running query would delay an orderly exit; nothing here needs one, files of an uncommitted write are garbage anyway.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => undefined);

async function handle(message: ToEngine): Promise<void> {
  switch (message.kind) {
    case "open":
      instance = openInstance(message.settings, message.lockDown);
      instance.catch(() => undefined);
      return;
    case "begin": {
      const session = openSession();
      session.catch(() => undefined);
      sessions.set(message.session, session);
      return;
    }
    case "query":
      return run(message.session, message.sql);
    case "interrupt":
      return interrupt(message.session);
    case "end":
      return endSession(message.session);
    case "close":
      process.exit(0);
  }
}

async function openInstance(
  settings: Readonly<Record<string, string>>,
  lockDown: string,
): Promise<DuckDBInstance> {
  const made = await DuckDBInstance.create(":memory:", { ...settings });
  const connection = await made.connect();
  registerHashes(connection);
  await connection.run(lockDown);
  connection.closeSync();
  return made;
}

async function openSession(): Promise<Session> {
  if (instance === undefined) throw new Error("The engine was not opened");
  return { connection: await (await instance).connect(), running: false, interrupting: undefined };
}

async function run(id: number, sql: string): Promise<void> {
  try {
    const session = await known(id);
    session.running = true;
    try {
      const result = await runToLast(session, sql);
      await send({ kind: "columns", session: id, columns: columnsOf(result) });
      for (
        let chunk = await result.fetchChunk();
        chunk !== null && chunk.rowCount > 0;
        chunk = await result.fetchChunk()
      ) {
        if (session.interrupting !== undefined) throw new Error("Interrupted");
        const values = chunk.getColumns().map((column) => column.map(text));
        await send({ kind: "chunk", session: id, values });
      }
    } finally {
      session.running = false;
      clearInterval(session.interrupting);
      session.interrupting = undefined;
    }
    await send({ kind: "done", session: id });
  } catch (error) {
    await send({
      kind: "failed",
      session: id,
      message: error instanceof Error ? error.message : String(error),
    });
  }
}

/** Each statement is prepared only when those before it have run: it may use what they made. */
async function runToLast(session: Session, sql: string): Promise<DuckDBResult> {
  const statements = await session.connection.extractStatements(sql);
  for (let index = 0; index < statements.count - 1; index++) {
    if (session.interrupting !== undefined) throw new Error("Interrupted");
    await (await statements.prepare(index)).run();
  }
  return (await statements.prepare(statements.count - 1)).stream();
}

function columnsOf(result: DuckDBResult): readonly { name: string; type: string }[] {
  const names = result.columnNames();
  return result.columnTypes().map((type, index) => ({ name: names[index] ?? "", type: String(type) }));
}

function text(value: DuckDBValue): string | null {
  return value === null || typeof value === "string" ? value : String(value);
}

/** An interrupt between two statements would be forgotten by the next: it is repeated until the query ends. */
async function interrupt(id: number): Promise<void> {
  const session = await known(id);
  if (!session.running) return;
  session.connection.interrupt();
  session.interrupting ??= setInterval(() => session.connection.interrupt(), 20);
}

async function endSession(id: number): Promise<void> {
  const session = await known(id);
  sessions.delete(id);
  session.connection.closeSync();
}

async function known(id: number): Promise<Session> {
  const session = sessions.get(id);
  if (session === undefined) throw new Error(`There is no session ${id}`);
  return session;
}

/** Resolves when the message is handed to the channel, so that a large result does not pile up in memory. */
function send(message: FromEngine): Promise<void> {
  return new Promise((resolve, reject) => {
    process.send?.(message, undefined, {}, (error) => (error === null ? resolve() : reject(error)));
  });
}
