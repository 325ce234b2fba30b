import type { FastifyInstance } from "fastify";

/** Gives the methods that a path of the API answers to; none when it is no path of the API. Asked after the routes were added. */
export type MethodsOf = (path: string) => readonly string[];

/** Remembers every route that is added to `app` from now on, so that a wrong method can be told from a wrong path. */
export function learnPaths(app: FastifyInstance): MethodsOf {
  const known: { readonly url: string; readonly path: RegExp; readonly methods: readonly string[] }[] = [];
  app.addHook("onRoute", ({ url, method }) => {
    if (url.startsWith("/api/") || url === "/metrics")
      known.push({ url, path: patternOf(url), methods: [method].flat() });
  });
  return (path) => {
    const named = known.filter(({ url }) => url === path);
    // `/api/clone/jobs` is no run, though its address would do for one.
    const routes = named.length > 0 ? named : known.filter((route) => route.path.test(path));
    return [...new Set(routes.flatMap(({ methods }) => methods))].sort();
  };
}

/** `/api/clone/:id` matches one segment for each name. */
function patternOf(url: string): RegExp {
  const segments = url
    .split("/")
    .map((part) => (part.startsWith(":") ? "[^/]+" : part.replaceAll(".", String.raw`\.`)));
  return new RegExp(`^${segments.join("/")}$`, "u");
}
