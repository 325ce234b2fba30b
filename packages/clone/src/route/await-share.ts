import { CloneError } from "../errors.ts";
import type { OpenRouteOperation } from "./route-operation.ts";
import type { RoutePorts } from "./route-ports.ts";

/** Pauses between looks; what is shared is seen after about a minute. Source: Databricks documentation, caching of shares by recipients. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;
const PATIENCE_MS = 10 * 60_000;

export interface Waiting {
  /** Looks; `undefined` while it does not see what is waited for. */
  readonly look: () => Promise<string | undefined>;
  /** What is waited for, for the error. */
  readonly what: string;
}

/**
 * Looks again and again, after longer and longer pauses, until something is seen. Throws ROUTE_NOT_SEEN after ten minutes, and what the
 * clock throws when the signal aborts.
 */
export async function waitUntilSeen({ look, what }: Waiting, ports: RoutePorts): Promise<string> {
  let waited = 0;
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    ports.signal?.throwIfAborted();
    const seen = await look();
    if (seen !== undefined) return seen;
    if (waited >= PATIENCE_MS)
      throw new CloneError("ROUTE_NOT_SEEN", `${what} after ${Math.round(waited / 60_000)} minutes.`);
    await ports.clock.sleep(pause, ports.signal);
    waited += pause;
  }
}

/** The provider under which the target sees a share with all of these aliases; `undefined` while it does not. */
export async function providerOf(
  { share, tuple }: Pick<OpenRouteOperation, "share" | "tuple">,
  aliases: readonly string[],
  { target }: Pick<RoutePorts, "target">,
): Promise<string | undefined> {
  const { sharing } = target;
  const globalMetastoreId = tuple.sourceMetastore;
  const providers = await sharing.providers({ globalMetastoreId });
  for (const { name, globalMetastoreId: id } of providers) {
    if (id !== globalMetastoreId || !(await sharing.providerShares(name)).includes(share)) continue;
    const objects = await sharing.sharedObjects(name, share);
    const seen = new Set((objects ?? []).map(({ sharedAs }) => sharedAs.toLowerCase()));
    if (objects !== undefined && aliases.every((alias) => seen.has(alias))) return name;
  }
  return undefined;
}
