import type { NewToken } from "@clone-xs/server/contract";
import type { Means } from "./equivalents.ts";
import { command, flag } from "./shell.ts";

/** Makes a token; it is printed, or answered, this once. */
export function addingToken({ name, role, expires_in_days: days }: NewToken): Means {
  const expires = days == null ? [] : [flag("--expires-in-days", days)];
  return {
    cli: command("clxs config tokens add", [flag("--role", role), ...expires], name),
    call: {
      method: "POST",
      path: "/api/tokens",
      body: { name, role, ...(days == null ? {} : { expires_in_days: days }) },
    },
  };
}

/** Takes a token back. */
export function removingToken({ id, name }: { readonly id: string; readonly name: string }): Means {
  return {
    cli: command("clxs config tokens remove", [], name),
    call: { method: "DELETE", path: `/api/tokens/${encodeURIComponent(id)}` },
  };
}
