import { randomBytes } from "node:crypto";
import { ServerError } from "../errors.ts";
import { type AccessRules, accessRules, type RulesAsked } from "./access.ts";
import { type Registry, registryOf } from "./identify.ts";
import { openTokenStore, type TokenStore } from "./token-store.ts";

/** Who may do what with a server: its rules, and what it remembers of tokens and sessions. */
export interface Access {
  readonly rules: AccessRules;
  readonly tokens: TokenStore;
  readonly registry: Registry;
  /** The token that was made at start, or given; absent when nobody needs one. */
  readonly serverToken?: string;
  close(): void;
}

export interface AccessAsked extends RulesAsked {
  /** The token to ask for; when one is needed and none is given, one is made. */
  readonly token?: string;
  readonly storeDirectory: string;
}

/** Opens what a server's home remembers of access. Throws CONFIGURATION for an empty token. */
export function openAccess(asked: AccessAsked): Access {
  const rules = accessRules(asked);
  const serverToken = rules.auth === "none" ? undefined : tokenOf(asked);
  const tokens = openTokenStore(asked.storeDirectory, randomBytes);
  return {
    rules,
    tokens,
    registry: registryOf(rules.auth, tokens, serverToken),
    ...(serverToken === undefined ? {} : { serverToken }),
    close: () => tokens.close(),
  };
}

function tokenOf({ token }: AccessAsked): string {
  if (token === undefined) return `clxs_${randomBytes(32).toString("base64url")}`;
  if (/^\S+$/u.test(token)) return token;
  throw new ServerError("CONFIGURATION", "The server's token is empty, or holds a space. Give another one.");
}
