import { createHash } from "node:crypto";
import { LakehouseError } from "../errors.ts";
import type { Database } from "./database.ts";
import type { Metastore, PrincipalRecord } from "./metastore.ts";

export type PrincipalStore = Pick<
  Metastore,
  | "principals"
  | "principal"
  | "putPrincipal"
  | "principalByToken"
  | "principalBySecret"
  | "issueToken"
  | "issueSecret"
>;

interface Row {
  readonly record: string;
}

/** Principals and the hashes of their tokens and client secrets. `randomBytes` gives the randomness of new ones. */
export function principalStore(
  database: Database,
  { now, randomBytes }: { readonly now: () => number; readonly randomBytes: (size: number) => Uint8Array },
): PrincipalStore {
  const parse = (row: Row | undefined) =>
    row === undefined ? undefined : (JSON.parse(row.record) as PrincipalRecord);
  const byCredential = (kind: string, credential: string) =>
    parse(
      database.first<Row>(
        `SELECT p.record FROM tokens t JOIN principals p ON p.name = t.principal
         WHERE t.hash = ? AND t.kind = ? AND (t.expires_at IS NULL OR t.expires_at > ?)`,
        [hashOf(credential), kind, now()],
      ),
    );
  const issue = (prefix: string, kind: string, principal: string, expiresAt: number | null) => {
    if (database.first("SELECT 1 FROM principals WHERE name = ?", [principal]) === undefined)
      throw new LakehouseError("PRINCIPAL_NOT_FOUND", `There is no principal named '${principal}'`);
    const credential = prefix + Buffer.from(randomBytes(16)).toString("hex");
    const sql = "INSERT INTO tokens (hash, principal, kind, expires_at) VALUES (?, ?, ?, ?)";
    database.run(sql, [hashOf(credential), principal, kind, expiresAt]);
    return credential;
  };
  return {
    principals: () =>
      database
        .all<Row>("SELECT record FROM principals ORDER BY name")
        .map((row) => JSON.parse(row.record) as PrincipalRecord),
    principal: (name) => parse(database.first<Row>("SELECT record FROM principals WHERE name = ?", [name])),
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
    issueSecret: (principal) => issue("dose", "secret", principal, null),
  };
}

function hashOf(credential: string): string {
  return createHash("sha256").update(credential).digest("hex");
}
