import { randomBytes } from "node:crypto";
import type { Clock } from "@clone-xs/clone";
import { ServerError } from "../errors.ts";
import { type AccessRules, accessRules, isAlone, type RulesAsked } from "./access.ts";
import { type ActivityStore, openActivityStore } from "./activity-store.ts";
import { type FailedSignIns, failedSignIns } from "./failed-sign-ins.ts";
import { type Registry, registryOf } from "./identify.ts";
import { type Limits, LIMITS } from "./limits.ts";
import { openTokenStore, type TokenStore } from "./token-store.ts";

/** Who may do what with a server: its rules, and what it remembers of tokens and sessions. */
export interface Access {
  readonly rules: AccessRules;
  readonly tokens: TokenStore;
  readonly registry: Registry;
  readonly activity: ActivityStore;
  readonly limits: Limits;
  readonly failedSignIns: FailedSignIns;
  /** The token that was made at start, or given; absent when nobody needs one. */
  readonly serverToken?: string;
  close(): void;
}

export interface AccessAsked extends RulesAsked {
  /** The token to ask for; when one is needed and none is given, one is made. */
  readonly token?: string;
  readonly storeDirectory: string;
  /** Other than the usual ones. */
  readonly limits?: Partial<Limits>;
  readonly clock: Clock;
}

/** Opens what a server's home remembers of access. Throws CONFIGURATION for an empty token. */
export function openAccess(asked: AccessAsked): Access {
  const rules = accessRules(asked);
  const serverToken = rules.auth === "none" ? undefined : tokenOf(asked);
  const tokens = openTokenStore(asked.storeDirectory, randomBytes);
  const activity = openActivityStore(asked.storeDirectory, asked.clock.now());
  const limits = limitsOf(rules, asked.limits);
  return {
    rules,
    tokens,
    registry: registryOf(rules.auth, tokens, serverToken),
    ...(serverToken === undefined ? {} : { serverToken }),
    activity,
    limits,
    failedSignIns: failedSignIns(limits.failedSignIns),
    close() {
      tokens.close();
      activity.close();
    },
  };
}

/** Whoever is alone with his own server may ask it as much as he likes. */
function limitsOf(rules: AccessRules, asked: Partial<Limits> = {}): Limits {
  const usual = isAlone(rules) ? { ...LIMITS, writes: undefined, reads: undefined } : LIMITS;
  return { ...usual, ...asked };
}

function tokenOf({ token }: AccessAsked): string {
  if (token === undefined) return `clxs_${randomBytes(32).toString("base64url")}`;
  if (/^\S+$/u.test(token)) return token;
  throw new ServerError("CONFIGURATION", "The server's token is empty, or holds a space. Give another one.");
}
