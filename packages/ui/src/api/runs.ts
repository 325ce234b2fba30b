import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, got, type Shape } from "./api.ts";

/** How many rows of a part are asked for at once. */
export const PAGE = 200;

/** The key that everything of one run begins with. */
const ofRun = (id: string) => ["run", id] as const;

/** The key of what a run's events change: its parts. */
export const partsOf = (id: string) => [...ofRun(id), "parts"] as const;

/** A run with all that stands above its parts. */
export const standingOf = (id: string) =>
  queryOptions({
    queryKey: [...ofRun(id), "standing"],
    queryFn: ({ signal }) => got(api.GET("/api/clone/{id}/standing", { params: { path: { id } }, signal })),
    retry: false,
  });

export type RunStanding = Shape<"RunStanding">;
export type RunObject = Shape<"RunObject">;
export type ObjectState = RunObject["state"];
export type LogLine = Shape<"LogLine">;
export type RunStatement = Shape<"RunStatements">["statements"][number];
export type RunVerification = Shape<"RunVerification">;
export type Certificate = NonNullable<RunVerification["targets"][number]["verification"]>["objects"][number];

interface ObjectsAsked {
  readonly state?: ObjectState[];
  readonly kind?: string;
  readonly target?: string;
  readonly q?: string;
  readonly sort?: "outcome" | "object" | "kind" | "bytes" | "files" | "seconds" | "started_at";
  readonly descending?: boolean;
}

/** What was there at the same place, while what is asked for otherwise is on its way. */
const atOffset =
  (offset: number) =>
  <Answer>(before: Answer | undefined, query?: { readonly queryKey: readonly unknown[] }) =>
    query?.queryKey.at(-1) === offset ? before : undefined;

/** Parts change by events, and whoever hears of one has them asked for anew. */
const UNTIL_TOLD = Number.POSITIVE_INFINITY;

export const objectsOf = (id: string, asked: ObjectsAsked, offset: number) =>
  queryOptions({
    queryKey: [...partsOf(id), "objects", asked, offset],
    queryFn: ({ signal }) => {
      const { descending = false, ...rest } = asked;
      const query = { ...rest, offset, limit: PAGE, ...(descending ? { descending: "true" } : {}) };
      return got(api.GET("/api/clone/{id}/objects", { params: { path: { id }, query }, signal }));
    },
    placeholderData: atOffset(offset),
    staleTime: UNTIL_TOLD,
  });

/** One object with what was done around it. */
export const objectOf = (id: string, object: string, target: string) =>
  queryOptions({
    queryKey: [...partsOf(id), "object", object, target],
    queryFn: ({ signal }) =>
      got(
        api.GET("/api/clone/{id}/object", {
          params: { path: { id }, query: { object, ...(target === "" ? {} : { target }) } },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const statementsOf = (id: string, q: string, offset: number) =>
  queryOptions({
    queryKey: [...partsOf(id), "statements", q, offset],
    queryFn: ({ signal }) =>
      got(
        api.GET("/api/clone/{id}/statements", {
          params: { path: { id }, query: { offset, limit: PAGE, ...(q === "" ? {} : { q }) } },
          signal,
        }),
      ),
    placeholderData: atOffset(offset),
    staleTime: UNTIL_TOLD,
  });

interface LinesAsked {
  readonly level: LogLine["level"];
  readonly q: string;
}

export const linesOf = (id: string, { level, q }: LinesAsked, offset: number) =>
  queryOptions({
    queryKey: [...partsOf(id), "lines", level, q, offset],
    queryFn: ({ signal }) =>
      got(
        api.GET("/api/clone/{id}/lines", {
          params: { path: { id }, query: { offset, limit: PAGE, level, ...(q === "" ? {} : { q }) } },
          signal,
        }),
      ),
    placeholderData: atOffset(offset),
    staleTime: UNTIL_TOLD,
  });

export const timelineOf = (id: string, offset: number) =>
  queryOptions({
    queryKey: [...partsOf(id), "timeline", offset],
    queryFn: ({ signal }) =>
      got(
        api.GET("/api/clone/{id}/timeline", {
          params: { path: { id }, query: { offset, limit: PAGE } },
          signal,
        }),
      ),
    placeholderData: atOffset(offset),
    staleTime: UNTIL_TOLD,
  });

/** Looked at closely while it goes on; it goes on also when nobody looks. */
export const verificationOf = (id: string) =>
  queryOptions({
    queryKey: [...ofRun(id), "verification"],
    queryFn: ({ signal }) => got(api.GET("/api/clone/{id}/verify", { params: { path: { id } }, signal })),
    refetchInterval: ({ state }) => (state.data?.state === "running" ? 1_000 : false),
  });

interface VerifyCall extends Shape<"VerifyRequest"> {
  readonly id: string;
}

export function verify({ id, ...body }: VerifyCall): Promise<RunVerification> {
  return got(api.POST("/api/clone/{id}/verify", { params: { path: { id } }, body }));
}

export function cancelVerification(id: string): Promise<RunVerification> {
  return got(api.DELETE("/api/clone/{id}/verify", { params: { path: { id } } }));
}

export type RunStatusFilter = Shape<"RunStatusFilter">;

export interface RunsAsked {
  readonly status?: RunStatusFilter;
  readonly load?: "FULL" | "INCREMENTAL" | "SELECTIVE";
  readonly q?: string;
}

/** Runs that are older than `before`, newest first. */
export async function runsBefore(asked: RunsAsked, before: string | undefined, signal: AbortSignal) {
  const query = { ...asked, limit: PAGE, ...(before === undefined ? {} : { before }) };
  return got(api.GET("/api/clone/jobs", { params: { query }, signal }));
}

export type RunItem = Awaited<ReturnType<typeof runsBefore>>[number];
