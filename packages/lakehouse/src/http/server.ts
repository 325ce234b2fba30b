import { isIPv6 } from "node:net";
import { LakehouseError } from "../errors.ts";
import { workspaceApp } from "./app.ts";
import type { ServerContext } from "./context.ts";

export interface RunningServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Serves a workspace. Throws PORT_IN_USE with the address and the way out. */
export async function startServer({
  port,
  host,
  ...context
}: ServerContext & { readonly port: number; readonly host: string }): Promise<RunningServer> {
  const app = workspaceApp(context);
  try {
    await app.listen({ port, host });
  } catch (error) {
    await app.close();
    throw inUse(error) ? portInUse(host, port, error) : error;
  }
  const address = app.server.address();
  const taken = typeof address === "object" && address !== null ? address.port : port;
  return { url: `http://${isIPv6(host) ? `[${host}]` : host}:${taken}`, close: () => app.close() };
}

function inUse(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

function portInUse(host: string, port: number, cause: unknown): LakehouseError {
  return new LakehouseError("PORT_IN_USE", `Port ${port} on ${host} is taken. Choose another with --port.`, {
    cause,
  });
}
