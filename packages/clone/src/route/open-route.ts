import { describeHistory } from "@clone-xs/sql";
import { WorkspaceError } from "@clone-xs/unity";
import { sendUntilKnown } from "../execute/retry.ts";
import { mountedName } from "./aliases.ts";
import { providerOf, waitUntilSeen } from "./await-share.ts";
import { type FilledShare, fillShare } from "./fill-share.ts";
import { ensureMounted, mountedCatalog } from "./mount.ts";
import { ensureRecipient, recipientOf } from "./recipient.ts";
import type {
  OpenedRoute,
  OpenRouteOperation,
  RoutedTable,
  RoutePart,
  UnsharedTable,
} from "./route-operation.ts";
import type { RoutePorts } from "./route-ports.ts";
import { ensureShare, shareOf } from "./share.ts";

export interface Opened {
  readonly route: OpenedRoute;
  readonly unshared: readonly UnsharedTable[];
}

/** Another run that takes its route down meets this one so often at most. */
const ATTEMPTS = 3;

/**
 * Opens a route: recipient, share with the tables, grant, and on the target the catalog that is made from the share. Everything that is
 * there is used, and every call may be repeated, so that opening goes on wherever an earlier process stopped. Throws ROUTE_TAKEN,
 * ROUTE_IMPOSSIBLE, ROUTE_NOT_SEEN, and what the workspaces throw; a table that cannot be shared is told instead.
 */
export async function openRoute(operation: OpenRouteOperation, ports: RoutePorts): Promise<Opened> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await openOnce(operation, ports);
    } catch (error) {
      const vanished = error instanceof WorkspaceError && error.code === "NOT_FOUND";
      if (!vanished || attempt >= ATTEMPTS || ports.signal?.aborted) throw error;
    }
  }
}

/** What a route is made of when it is open already, and nothing of it is needed; `undefined` when it is not. */
export async function findOpened(
  operation: Omit<OpenRouteOperation, "kind" | "tables">,
  ports: RoutePorts,
): Promise<OpenedRoute | undefined> {
  const recipient = await recipientOf(operation.tuple, ports);
  const share = recipient && (await shareOf(operation, ports));
  const catalog = share && (await mountedCatalog(operation, ports));
  if (recipient === undefined || share === undefined || catalog === undefined) return undefined;
  tellReuse(share.name, ports);
  const reused = ({ name }: { readonly name: string }): RoutePart => ({ name, state: "reused" });
  return { recipient: reused(recipient), share: reused(share), catalog: reused(catalog) };
}

async function openOnce(operation: OpenRouteOperation, ports: RoutePorts): Promise<Opened> {
  const share = await ensureShare(operation, ports);
  if (share.state === "reused") tellReuse(share.name, ports);
  const { recipient, filled } = await admit(operation, ports);
  const unshared = new Set(filled.unshared.map(({ step }) => step));
  const aliases = operation.tables.filter(({ step }) => !unshared.has(step)).map(({ sharedAs }) => sharedAs);
  const provider = await waitUntilSeen(
    {
      look: async () =>
        (await providerOf(operation, aliases, ports)) ?? (await stillAdmitted(operation, ports)),
      what: `The target does not see the share ${share.name} of the source's metastore with its tables`,
    },
    ports,
  );
  const catalog = await ensureMounted(operation, provider, ports);
  for (const table of filled.deepened) await historySeen(table, operation, ports);
  return { route: { share, recipient, catalog }, unshared: filled.unshared };
}

interface Admitted {
  readonly recipient: RoutePart;
  readonly filled: FilledShare;
}

/** The share as it has to be at the source: with its tables, and granted. */
async function admit(operation: OpenRouteOperation, ports: RoutePorts): Promise<Admitted> {
  const share = await shareOf(operation, ports);
  if (share === undefined) throw new WorkspaceError("NOT_FOUND", `Share ${operation.share} is gone.`);
  const filled = await fillShare(share, operation.tables, ports);
  const recipient = await ensureRecipient(operation, ports);
  await ensureGrant(share.name, recipient.name, ports);
  return { recipient, filled };
}

async function ensureGrant(share: string, recipient: string, ports: RoutePorts): Promise<void> {
  const { sharing } = ports.source;
  const observe = async () => {
    const grants = await sharing.shareGrants(share);
    const isGranted = grants.some(
      ({ principal, privileges }) =>
        principal.toLowerCase() === recipient.toLowerCase() && privileges.includes("SELECT"),
    );
    return isGranted ? true : undefined;
  };
  const send = async () => {
    await sharing.changeShareGrants(share, { add: [recipient] });
    return true;
  };
  if ((await observe()) === undefined) await sendUntilKnown({ send, observe }, ports);
}

/** While the target does not see the share: another run may have taken down what this one opened, and it would be waited for in vain. */
async function stillAdmitted(operation: OpenRouteOperation, ports: RoutePorts): Promise<undefined> {
  const recipient = await ensureRecipient(operation, ports);
  await ensureGrant(operation.share, recipient.name, ports);
  return undefined;
}

/** A table that was shared without its history has it a moment later. */
async function historySeen(
  { source }: RoutedTable,
  { catalog }: OpenRouteOperation,
  ports: RoutePorts,
): Promise<void> {
  const name = mountedName(source, catalog);
  const look = async () => {
    try {
      await ports.target.statements.execute(describeHistory(name, 1));
      return name.name;
    } catch (error) {
      if (!(error instanceof WorkspaceError) || error.code !== "STATEMENT_FAILED") throw error;
      return undefined;
    }
  };
  await waitUntilSeen(
    { look, what: `The history of ${catalog}.${name.schema}.${name.name} is not seen` },
    ports,
  );
}

/** These words are looked for by scripts. Source: contract of the product, log lines. */
function tellReuse(share: string, { tell }: RoutePorts): void {
  tell(`Reusing existing Delta Share ${share}`);
}
