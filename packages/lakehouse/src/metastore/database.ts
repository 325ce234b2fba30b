import Libsql from "libsql";

/** What a column of SQLite holds here. Counters and times stay below 2^53. */
export type SqlValue = string | number | null;

export type Row = Readonly<Record<string, SqlValue>>;

/** A cell that is text by the schema. */
export function text(row: Row, column: string): string {
  const value = row[column];
  if (typeof value !== "string") throw new TypeError(`Column ${column} holds no text`);
  return value;
}

/** SQLite behind the few calls that are used; the only file that knows the driver. */
export interface Database {
  /** Statements without parameters and without rows. */
  exec(sql: string): void;
  run(sql: string, values?: readonly SqlValue[]): { readonly changes: number };
  all(sql: string, values?: readonly SqlValue[]): readonly Row[];
  first(sql: string, values?: readonly SqlValue[]): Row | undefined;
  /** Runs `work` in a transaction (IMMEDIATE); nested calls join the outer one. */
  transaction<T>(work: () => T): T;
  close(): void;
}

type Prepared = Libsql.Statement;

/**
 * Opens a database file; `exclusive` keeps the operating system's lock on it until `close` or the end of the process.
 * Throws the driver's error, whose `code` {@link isBusy} knows, when another connection has it.
 */
export function openDatabase(
  path: string,
  options: { readonly busyTimeoutMs?: number; readonly exclusive?: boolean } = {},
): Database {
  const driver = new Libsql(path);
  const prepared = new Map<string, Prepared>();
  try {
    driver.exec(`PRAGMA busy_timeout=${options.busyTimeoutMs ?? 5000}`);
    if (options.exclusive === true) takeLock(driver);
  } catch (error) {
    driver.close();
    throw error;
  }
  const prepare = (sql: string): Prepared => {
    const known = prepared.get(sql);
    if (known !== undefined) return known;
    const statement = driver.prepare(sql);
    prepared.set(sql, statement);
    return statement;
  };
  // `.get()` of this driver adds a property to the row, so single rows are read by `.all()` too.
  const all = (sql: string, values: readonly SqlValue[] = []) => prepare(sql).all([...values]) as Row[];
  return {
    exec: (sql) => void driver.exec(sql),
    run: (sql, values = []) => ({ changes: prepare(sql).run([...values]).changes }),
    all,
    first: (sql, values) => all(sql, values)[0],
    transaction: (work) => (driver.inTransaction ? work() : driver.transaction(work).immediate()),
    close() {
      if (!driver.open) return;
      prepared.clear();
      if (options.exclusive === true) driver.exec("PRAGMA locking_mode=NORMAL; SELECT count(*) FROM hold");
      driver.close();
    },
  };
}

/**
 * A second connection to the metastore's database, for what may be lost when the machine loses power, and never when the process dies: its
 * transactions do not wait for the disk.
 */
export function openUnsynced(path: string): Database {
  const database = openDatabase(path);
  database.exec("PRAGMA synchronous=NORMAL");
  return database;
}

/** Only `exec` here: a prepared statement that is not collected yet would keep the lock alive after `close`. */
function takeLock(driver: Libsql.Database): void {
  driver.exec("PRAGMA locking_mode=EXCLUSIVE");
  driver.exec("BEGIN EXCLUSIVE; CREATE TABLE IF NOT EXISTS hold (x INTEGER); COMMIT");
}

/** Whether the error means that somebody else has the database. */
export function isBusy(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY");
}
