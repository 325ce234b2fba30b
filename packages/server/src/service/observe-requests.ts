import type { FastifyInstance, FastifyRequest } from "fastify";
import type { ServerLog } from "./log.ts";
import type { Metrics } from "./metrics.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Its answer goes on until somebody ends it: how long that took tells nothing. */
    readonly endless?: boolean;
  }
}

/** Counts every answer, and tells the log of it. By the route's template: an address may name what is not everybody's to read. */
export function observeRequests(
  app: FastifyInstance,
  { metrics, log }: { readonly metrics: Metrics; readonly log: ServerLog },
): void {
  app.addHook("onResponse", async (request, reply) => {
    const { method, caller, about } = request;
    const { statusCode: status, elapsedTime } = reply;
    const route = templateOf(request);
    const took = request.routeOptions.config.endless === true ? {} : { seconds: elapsedTime / 1000 };
    metrics.request({ method, route, status, ...took });
    const ms = Math.round(elapsedTime * 10) / 10;
    log.line("debug", `${method} ${route} ${status}`, { method, route, status, ms, caller: caller.name });
    if (about !== undefined && status === 202)
      log.line("info", `Run ${about} was asked for by ${caller.name}`, { run: about, caller: caller.name });
  });
}

/** Whatever is no route is one label, however many addresses are tried. */
function templateOf({ routeOptions: { url } }: FastifyRequest): string {
  return url === undefined ? "none" : url === "/*" ? "page" : url;
}
