import { infiniteQueryOptions, type QueryClient, queryOptions } from "@tanstack/react-query";
import { api, got, type Shape } from "./api.ts";

export type Session = Shape<"Session">;
export type Token = Shape<"Token">;
export type Activity = Shape<"Activity">;
export type Role = Token["role"];

/** Who is asking; anybody may ask that. */
export const session = queryOptions({
  queryKey: ["session"],
  queryFn: ({ signal }) => got(api.GET("/api/session", { signal })),
  staleTime: 60_000,
  // A token can be taken away while a page that asks for nothing is open.
  refetchInterval: ({ state }) => (state.data?.auth === "token" && state.data.authenticated ? 10_000 : false),
});

/** The token goes to the server once; what stays is a cookie that no script can read. */
export function signIn(token: string): Promise<Session> {
  return got(api.POST("/api/session", { body: { token } }));
}

/** What was read as somebody else goes with him. */
export function becomes(client: QueryClient, who: Session): void {
  client.setQueryData(session.queryKey, who);
  client.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== session.queryKey[0] });
}

export function signOut(): Promise<Session> {
  return got(api.DELETE("/api/session"));
}

export const tokens = queryOptions({
  queryKey: ["tokens"],
  queryFn: async ({ signal }) => (await got(api.GET("/api/tokens", { signal }))).tokens,
});

export function addToken(body: Shape<"NewToken">): Promise<Shape<"CreatedToken">> {
  return got(api.POST("/api/tokens", { body }));
}

export async function removeToken(id: string): Promise<void> {
  await got(api.DELETE("/api/tokens/{id}", { params: { path: { id } } }));
}

const PAGE = 200;

/** Who did what, the newest first, a page at a time. */
export const activity = infiniteQueryOptions({
  queryKey: ["activity"],
  queryFn: async ({ signal, pageParam }) => {
    const before = pageParam === undefined ? {} : { before: pageParam };
    return (await got(api.GET("/api/activity", { params: { query: { limit: PAGE, ...before } }, signal })))
      .activities;
  },
  initialPageParam: undefined as number | undefined,
  getNextPageParam: (last: readonly Activity[]) => (last.length < PAGE ? undefined : last.at(-1)?.id),
});
