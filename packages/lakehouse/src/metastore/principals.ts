import { createHash } from "node:crypto";
import { LakehouseError } from "../errors.ts";
import { type Database, type Row, type SqlValue, text } from "./database.ts";
import type { Metastore, PrincipalRecord } from "./metastore.ts";

export type PrincipalStore = Pick<
  Metastore,
  | "principals"
  | "principal"
  | "putPrincipal"
  | "principalByToken"
  | "principalBySecret"
  | "issueToken"
  | "revokeToken"
  | "issueSecret"
>;

/** Principals and the hashes of their tokens and client secrets. `randomBytes` gives the randomness of new ones. */
export function principalStore(
  database: Database,
  { now, randomBytes }: { readonly now: () => number; readonly randomBytes: (size: number) => Uint8Array },
): PrincipalStore {
  const find = (sql: string, values: readonly SqlValue[]) => database.all(sql, values).map(parse)[0];
  const byCredential = (kind: string, credential: string) =>
    find(
      `SELECT p.record FROM tokens t JOIN principals p ON p.name = t.principal
       WHERE t.hash = ? AND t.kind = ? AND (t.expires_at IS NULL OR t.expires_at > ?)`,
      [hashOf(credential), kind, now()],
    );
  const issue = (prefix: string, kind: string, principal: string, expiresAt: number | null) => {
    if (database.first("SELECT 1 FROM principals WHERE name = ?", [principal]) === undefined)
      throw new LakehouseError("PRINCIPAL_NOT_FOUND", `There is no principal named '${principal}'`);
    database.run("DELETE FROM tokens WHERE expires_at <= ?", [now()]);
    const credential = prefix + Buffer.from(randomBytes(16)).toString("hex");
    const sql = "INSERT INTO tokens (hash, principal, kind, expires_at) VALUES (?, ?, ?, ?)";
    database.run(sql, [hashOf(credential), principal, kind, expiresAt]);
    return credential;
  };
  return {
    principals: () => database.all("SELECT record FROM principals ORDER BY name").map(parse),
    principal: (name) => find("SELECT record FROM principals WHERE name = ?", [name]),
    putPrincipal(record) {
      const sql = "INSERT OR REPLACE INTO principals (name, record) VALUES (?, ?)";
      database.run(sql, [record.name, JSON.stringify(record)]);
    },
    principalByToken: (token) => byCredential("token", token),
    principalBySecret(principal, secret) {
      const found = byCredential("secret", secret);
      return found?.name === principal ? found : undefined;
    },
    issueToken: (principal, options = {}) =>
      issue("dapi", "token", principal, options.lifetimeMs === undefined ? null : now() + options.lifetimeMs),
    revokeToken: (token) => void database.run("DELETE FROM tokens WHERE hash = ?", [hashOf(token)]),
    issueSecret: (principal) => issue("dose", "secret", principal, null),
  };
}

function parse(row: Row): PrincipalRecord {
  return JSON.parse(text(row, "record")) as PrincipalRecord;
}

function hashOf(credential: string): string {
  return createHash("sha256").update(credential).digest("hex");
}
