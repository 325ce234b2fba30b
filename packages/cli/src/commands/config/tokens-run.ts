import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { openTokenStore, TOKENS_FILE, tokenNameProblems, type TokenStore, tokenView } from "@clone-xs/server";
import type { Token } from "@clone-xs/server/contract";
import { homeOf, storeDirectory } from "../../connection/home.ts";
import { ExitCode } from "../../exit-codes.ts";
import { type Surroundings, tell } from "../../surroundings.ts";
import { UsageError } from "../../usage-error.ts";
import { tableText } from "../../views/human/table.ts";
import type { OutputOptions } from "../options.ts";

export type ListTokenOptions = OutputOptions<"human" | "json">;

export interface AddTokenOptions extends OutputOptions<"human" | "json"> {
  readonly role: Token["role"];
  readonly expiresInDays?: number;
}

const DAY_MS = 24 * 60 * 60_000;
/** Who stands behind tokens that are made here: whoever may write to the home. */
const MADE_BY = "command line";

/** `clxs config tokens list`: exit 0, also when there are none. */
export function listTokens({ output }: ListTokenOptions, surroundings: Surroundings): ExitCode {
  const saved = savedTokens(surroundings);
  const rows = saved.map(({ name, role, created_by, expires_at, expired, last_used_at }) => [
    name,
    role,
    created_by,
    expires_at === null ? "never" : `${expires_at}${expired ? " (expired)" : ""}`,
    last_used_at ?? "never",
  ]);
  const human = saved.length === 0 ? NONE : tableText(COLUMNS, rows);
  surroundings.out.write(`${output === "json" ? JSON.stringify({ tokens: saved }, null, 2) : human}\n`);
  return ExitCode.done;
}

/** Where none was ever made, looking makes no directory. */
function savedTokens(surroundings: Surroundings): readonly Token[] {
  if (!existsSync(join(homeOf(surroundings), TOKENS_FILE))) return [];
  const now = surroundings.clock.now();
  return withTokens(surroundings, (tokens) => tokens.list().map((each) => tokenView(each, now)));
}

const NONE = "There are no tokens. Make one with: clxs config tokens add NAME --role viewer|operator|admin";
const COLUMNS = ["name", "role", "made by", "expires", "last used"].map((name) => ({
  name,
  typeText: "STRING",
  typeName: "STRING",
}));

/** `clxs config tokens add`: the token alone on standard output; exit 2 for a name that is taken or cannot be one. */
export function addToken(
  name: string,
  { role, expiresInDays, output }: AddTokenOptions,
  surroundings: Surroundings,
): ExitCode {
  const wrong = tokenNameProblems(name);
  if (wrong.length > 0) throw new UsageError(wrong.map(({ message }) => message).join("\n"));
  const at = surroundings.clock.now();
  const expiry = expiresInDays === undefined ? {} : { expiresAt: at + expiresInDays * DAY_MS };
  const { token, text } = withTokens(surroundings, (tokens) =>
    tokens.add({ name, role, createdBy: MADE_BY, ...expiry }, at),
  );
  const document = { ...tokenView(token, at), token: text };
  surroundings.out.write(`${output === "json" ? JSON.stringify(document, null, 2) : text}\n`);
  tell(surroundings, `Token ${name} may do what the role ${role} may. It is shown this once.`);
  return ExitCode.done;
}

/** `clxs config tokens remove`: exit 2 when there is none of that name. */
export function removeToken(name: string, surroundings: Surroundings): ExitCode {
  withTokens(surroundings, (tokens) => {
    const saved = tokens.list();
    const found = saved.find((each) => each.name === name);
    if (found === undefined)
      throw new UsageError(
        `There is no token ${name}. There are: ${saved.map((each) => each.name).join(", ") || "none"}.`,
      );
    tokens.remove(found.id);
  });
  tell(surroundings, `Token ${name} is removed: it opens nothing any more.`);
  return ExitCode.done;
}

function withTokens<Result>(surroundings: Surroundings, work: (tokens: TokenStore) => Result): Result {
  const tokens = openTokenStore(storeDirectory(surroundings), randomBytes);
  try {
    return work(tokens);
  } finally {
    tokens.close();
  }
}
