import { readFileSync } from "node:fs";
import { join } from "node:path";
import staticFiles from "@fastify/static";
import type { FastifyPluginAsync } from "fastify";

export interface PageOptions {
  /** Folder of the built page; `undefined`: the API alone. */
  readonly directory: string | undefined;
}

/** The built page. Its addresses are its own (`/clone`, `/runs/…`): whatever is no file and no API gets the page. */
export const page: FastifyPluginAsync<PageOptions> = async (app, { directory }) => {
  if (directory === undefined) return;
  const index = readFileSync(join(directory, "index.html"));
  await app.register(staticFiles, {
    root: directory,
    wildcard: false,
    index: false,
    cacheControl: false,
    setHeaders: (response, path) => {
      const hashed = path.includes("/assets/");
      response.setHeader("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
  app.get("/*", { schema: { hide: true } }, async (request, reply) => {
    const { "*": path } = request.params as { "*": string };
    if (/^api(\/|$)|\.\w+$/u.test(path)) {
      reply.callNotFound();
      return reply;
    }
    return reply.type("text/html; charset=utf-8").header("cache-control", "no-cache").send(index);
  });
};
