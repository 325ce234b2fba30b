import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Metastore } from "../metastore/metastore.ts";

/**
 * Gives every principal one token that stays the same from one opening to the next, kept in a file that only the owner of the directory
 * can read; the metastore has hashes only. A token that the metastore does not know any more is replaced.
 */
export function stableTokens(directory: string, metastore: Metastore): (principal: string) => string {
  const path = join(directory, "credentials.json");
  const tokens = new Map(Object.entries(readTokens(path)));
  return (principal) => {
    const known = tokens.get(principal);
    if (known !== undefined && metastore.principalByToken(known)?.name === principal) return known;
    const token = metastore.issueToken(principal);
    tokens.set(principal, token);
    const aside = `${path}.new`;
    writeFileSync(aside, `${JSON.stringify(Object.fromEntries(tokens), undefined, 2)}\n`, { mode: 0o600 });
    renameSync(aside, path);
    return token;
  };
}

function readTokens(path: string): Readonly<Record<string, string>> {
  try {
    return JSON.parse(readFileSync(path, "utf8")) as Record<string, string>;
  } catch (error) {
    if (
      error instanceof SyntaxError ||
      (error instanceof Error && "code" in error && error.code === "ENOENT")
    )
      return {};
    throw error;
  }
}
