import { type Workspace, WorkspaceError } from "@clone-xs/unity";
import type { Dispatcher } from "undici";
import { endpoints, MeResponse } from "../contract/index.ts";
import { type Authorizer, tokenAuthorizer } from "./auth/authorizer.ts";
import { clientCredentialsAuthorizer } from "./auth/oauth.ts";
import type { ConnectionConfig } from "./connection/config.ts";
import { isLoopback } from "./connection/network.ts";
import { createFiles } from "./files/files.ts";
import { openByteTransport } from "./http/bytes.ts";
import { createHttpClient, type HttpClient } from "./http/client.ts";
import { openDispatcher } from "./http/dispatcher.ts";
import { type ConnectionNotice, type Outage, outageOf } from "./http/outage.ts";
import { defaultPatience, type Effects, loopbackPatience, type Patience } from "./http/retry.ts";
import { openTransport, type Send } from "./http/transport.ts";
import { createJobs } from "./jobs/jobs.ts";
import { createSharing } from "./sharing/sharing.ts";
import { createStatements } from "./statements/execute.ts";
import { createUnityReads } from "./unity/reads.ts";
import { shownWarehouses, warehouseFinder } from "./warehouse.ts";

export interface ConnectDependencies extends Effects {
  /** Instead of the connections that the configuration's network settings describe. Closed by whoever opened it. */
  readonly dispatcher?: Dispatcher;
  /** How long trouble is borne; by default five minutes in all, and less when nobody answers. */
  readonly patience?: Patience;
  /** Product and version, `clone-xs/0.1.0`, as the service's logs show it. */
  readonly userAgent?: string;
  /** Told once whenever a host that had answered stops doing so, before it is tried again. */
  readonly notice?: (lost: ConnectionNotice) => void;
  /** Once aborted, a host that does not answer is not waited for any more. */
  readonly interrupted?: AbortSignal;
}

/** While connecting, an address where nobody answers is more likely wrong than down. */
const UNREACHABLE_WHILE_CONNECTING_MS = 5_000;

/**
 * Opens a workspace over HTTP and asks who the credentials belong to. Throws WorkspaceError: UNAUTHENTICATED when they are
 * refused, UNAVAILABLE or CONFIGURATION when the address cannot be reached; each with the way out. The warehouse is looked
 * for when the first statement needs it.
 */
export async function connectDatabricks(
  config: ConnectionConfig,
  dependencies: ConnectDependencies,
): Promise<Workspace> {
  const nearby = isLoopback(new URL(config.host).hostname);
  const {
    patience = nearby ? loopbackPatience : defaultPatience,
    notice,
    interrupted: hurry,
    dispatcher: given,
    userAgent = "clone-xs",
    now,
    random,
    sleep,
  } = dependencies;
  const effects: Effects = { now, random, sleep };
  const dispatcher = given ?? openDispatcher(config.host, config.network);
  const close = async () => (given === undefined ? dispatcher.destroy() : undefined);
  let connected = false;
  const outage = outageOf(config.host, (lost) => (connected ? notice?.(lost) : undefined));
  try {
    const send = openTransport(dispatcher);
    const sendBytes = openByteTransport(dispatcher);
    const headers = {
      "user-agent": userAgent,
      ...(config.workspaceId === undefined ? {} : { "x-databricks-workspace-id": config.workspaceId }),
    };
    const whileConnecting = {
      ...patience,
      unreachableMs: Math.min(patience.unreachableMs, UNREACHABLE_WHILE_CONNECTING_MS),
    };
    const authorizer = openAuthorizer(config, { send, effects, patience: whileConnecting, outage });
    const http = createHttpClient({
      host: config.host,
      headers,
      authorizer,
      send,
      sendBytes,
      effects,
      patience,
      outage,
      hurry,
    });
    // First on its own, so that a refusal of the client is told apart from one of its token.
    await authorizer.header();
    const { id, userName } = await whoAmI(http, config, whileConnecting);
    connected = true;
    const warehouseId = warehouseFinder(http, config.warehouseId);
    return {
      identity: { host: config.host, userName },
      statements: createStatements({
        http,
        warehouseId,
        user: { id, name: userName },
        effects,
        nearby,
      }),
      unity: createUnityReads(http),
      files: createFiles(http),
      warehouses: () => shownWarehouses(http, warehouseId),
      sharing: createSharing(http),
      jobs: createJobs(http),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function openAuthorizer(
  { host, auth }: ConnectionConfig,
  sending: { send: Send; effects: Effects; patience: Patience; outage: Outage },
): Authorizer {
  if (auth.type === "pat") return tokenAuthorizer(auth.token);
  return clientCredentialsAuthorizer({
    host,
    clientId: auth.clientId,
    clientSecret: auth.clientSecret,
    ...sending,
  });
}

async function whoAmI(http: HttpClient, config: ConnectionConfig, patience: Patience): Promise<MeResponse> {
  try {
    return await http.call({ ...endpoints.me, effect: "read", answer: MeResponse, patience });
  } catch (error) {
    if (
      !(error instanceof WorkspaceError) ||
      (error.code !== "UNAUTHENTICATED" && error.code !== "PERMISSION_DENIED")
    )
      throw error;
    throw new WorkspaceError(
      "UNAUTHENTICATED",
      `${config.host} refused the credentials: ${error.message}. ${wayOut(config)}`,
      { cause: error },
    );
  }
}

function wayOut({ auth, sources }: ConnectionConfig): string {
  if (auth.type === "pat")
    return `Check the token (${sources.token ?? "as given"}): it may have expired, been revoked, or belong to another workspace.`;
  return `Check the service principal ${auth.clientId} (${sources.client_id ?? "as given"}): it must be assigned to this workspace.`;
}
