import type Database from "libsql";
import { ServerError } from "../errors.ts";
import { type DatabaseLayout, durably, openDatabase } from "../runs/database.ts";
import { digestOf, sameDigest } from "./digest.ts";
import type { Role } from "./roles.ts";

/** A token as it may be shown: without its text, which is kept nowhere. Times are epoch milliseconds. */
export interface SavedToken {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly createdAt: number;
  /** Who made it. */
  readonly createdBy: string;
  /** Absent: it does not expire. */
  readonly expiresAt?: number;
  /** To the minute; absent: never. */
  readonly lastUsedAt?: number;
}

interface NewToken extends Pick<SavedToken, "name" | "role" | "createdBy"> {
  readonly expiresAt?: number;
}

/**
 * The durable memory of tokens, and of the sessions that pages have opened with them. Synchronous: a call that has returned is on disk.
 * Several processes may have it open: what one removes opens nothing in the others from then on.
 */
export interface TokenStore {
  /** By name. */
  list(): readonly SavedToken[];
  /** Makes a token; its `text` is here and nowhere else. Throws ALREADY_EXISTS. */
  add(token: NewToken, at: number): { readonly token: SavedToken; readonly text: string };
  /** Ends its sessions too. `undefined`: there was none of that id. */
  remove(id: string): SavedToken | undefined;
  /** The token of that digest when it has not expired; notes that it was used. */
  use(digest: string, at: number): SavedToken | undefined;
  /** Opens a session for whoever has shown the token of that digest; gives the text that the session is known by. */
  openSession(tokenDigest: string, at: number): Session;
  /** The session of that text when it has not expired; what uses it keeps it open. */
  session(text: string, at: number): Omit<Session, "text"> | undefined;
  closeSession(text: string): void;
  close(): void;
}

interface Session {
  readonly text: string;
  readonly tokenDigest: string;
  readonly expiresAt: number;
}

/** In the home directory. */
export const TOKENS_FILE = "tokens.db";

const LAYOUT: DatabaseLayout = {
  file: TOKENS_FILE,
  versions: [
    `CREATE TABLE tokens (
      id TEXT PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,
      role TEXT NOT NULL,
      digest TEXT NOT NULL UNIQUE,
      created_at INTEGER NOT NULL,
      created_by TEXT NOT NULL,
      expires_at INTEGER,
      last_used_at INTEGER
    ) WITHOUT ROWID;
    CREATE TABLE sessions (
      digest TEXT PRIMARY KEY,
      token_digest TEXT NOT NULL,
      expires_at INTEGER NOT NULL
    ) WITHOUT ROWID`,
  ],
};

interface Row {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly digest: string;
  readonly created_at: number;
  readonly created_by: string;
  readonly expires_at: number | null;
  readonly last_used_at: number | null;
}

interface SessionRow {
  readonly token_digest: string;
  readonly expires_at: number;
}

const MINUTE_MS = 60_000;
/** A session ends when nobody has used it for so long. */
export const SESSION_MS = 12 * 60 * MINUTE_MS;
const ID_BYTES = 6;
const SECRET_BYTES = 32;

/** Opens the tokens of a home directory (created when missing). */
export function openTokenStore(directory: string, randomBytes: (size: number) => Buffer): TokenStore {
  const database = openDatabase(directory, LAYOUT);
  database.pragma("secure_delete = ON");
  const rows = rowsOf(database);
  const secret = () => randomBytes(SECRET_BYTES).toString("base64url");
  return {
    list: () => rows.tokens().map(shown),
    add: ({ name, role, createdBy, expiresAt }, at) =>
      durably(database, () => {
        if (rows.tokens().some((row) => row.name === name)) throw taken(name);
        const text = `clxs_${secret()}`;
        const row: Row = {
          id: randomBytes(ID_BYTES).toString("hex"),
          name,
          role,
          digest: digestOf(text),
          created_at: at,
          created_by: createdBy,
          expires_at: expiresAt ?? null,
          last_used_at: null,
        };
        rows.add(row);
        return { token: shown(row), text };
      }),
    remove: (id) =>
      durably(database, () => {
        const row = rows.tokens().find((each) => each.id === id);
        if (row === undefined) return undefined;
        rows.removeToken(row);
        return shown(row);
      }),
    use(digest, at) {
      // All of them are compared, so that the time tells nothing of which one it is.
      const [row] = rows.tokens().filter((each) => sameDigest(each.digest, digest));
      if (row === undefined || (row.expires_at ?? Number.POSITIVE_INFINITY) <= at) return undefined;
      if (at - (row.last_used_at ?? 0) >= MINUTE_MS) rows.used(row.id, at);
      return shown(row);
    },
    openSession(tokenDigest, at) {
      const text = secret();
      const expiresAt = at + SESSION_MS;
      rows.forgetSessions(at);
      rows.addSession(digestOf(text), tokenDigest, expiresAt);
      return { text, tokenDigest, expiresAt };
    },
    session(text, at) {
      const digest = digestOf(text);
      const row = rows.session(digest);
      if (row === undefined || row.expires_at <= at) return undefined;
      const expiresAt = at + SESSION_MS;
      const slides = expiresAt - row.expires_at >= MINUTE_MS;
      if (slides) rows.keepSession(digest, expiresAt);
      return { tokenDigest: row.token_digest, expiresAt: slides ? expiresAt : row.expires_at };
    },
    closeSession: (text) => rows.removeSession(digestOf(text)),
    close: () => {
      database.close();
    },
  };
}

function rowsOf(database: Database.Database) {
  const prepared = {
    tokens: database.prepare("SELECT * FROM tokens ORDER BY name"),
    add: database.prepare("INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?, ?, ?)"),
    remove: database.prepare("DELETE FROM tokens WHERE id = ?"),
    used: database.prepare("UPDATE tokens SET last_used_at = ? WHERE id = ?"),
    session: database.prepare("SELECT token_digest, expires_at FROM sessions WHERE digest = ?"),
    addSession: database.prepare("INSERT INTO sessions VALUES (?, ?, ?)"),
    keepSession: database.prepare("UPDATE sessions SET expires_at = ? WHERE digest = ?"),
    removeSession: database.prepare("DELETE FROM sessions WHERE digest = ?"),
    sessionsOf: database.prepare("DELETE FROM sessions WHERE token_digest = ?"),
    forget: database.prepare("DELETE FROM sessions WHERE expires_at <= ?"),
  };
  return {
    tokens: () => prepared.tokens.all() as Row[],
    add({ id, name, role, digest, created_at, created_by, expires_at, last_used_at }: Row) {
      prepared.add.run(id, name, role, digest, created_at, created_by, expires_at, last_used_at);
    },
    removeToken({ id, digest }: Row) {
      prepared.sessionsOf.run(digest);
      prepared.remove.run(id);
    },
    used: (id: string, at: number) => void prepared.used.run(at, id),
    session: (digest: string) => (prepared.session.all(digest) as SessionRow[])[0],
    addSession: (digest: string, tokenDigest: string, expiresAt: number) =>
      void prepared.addSession.run(digest, tokenDigest, expiresAt),
    keepSession: (digest: string, expiresAt: number) => void prepared.keepSession.run(expiresAt, digest),
    removeSession: (digest: string) => void prepared.removeSession.run(digest),
    forgetSessions: (at: number) => void prepared.forget.run(at),
  };
}

function shown(row: Row): SavedToken {
  return {
    id: row.id,
    name: row.name,
    role: row.role,
    createdAt: row.created_at,
    createdBy: row.created_by,
    ...(row.expires_at === null ? {} : { expiresAt: row.expires_at }),
    ...(row.last_used_at === null ? {} : { lastUsedAt: row.last_used_at }),
  };
}

function taken(name: string): ServerError {
  return new ServerError(
    "ALREADY_EXISTS",
    `There is a token ${name} already. Choose another name, or remove that one first.`,
  );
}
