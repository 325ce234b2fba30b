import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, got, type Shape } from "./api.ts";

export type Overview = Shape<"Overview">;
export type OverviewSeries = Shape<"OverviewSeries">;
export type PairOverview = Shape<"PairOverview">;
export type StreamOverview = Shape<"StreamOverview">;
export type AttentionItem = Shape<"AttentionItem">;

/** What is going on. Closely while something runs; no workspace is asked for it. */
export const overview = queryOptions({
  queryKey: ["overview", "now"],
  queryFn: ({ signal }) => got(api.GET("/api/overview", { signal })),
  refetchInterval: ({ state }) => ((state.data?.live.length ?? 0) > 0 ? 1_500 : 5_000),
});

/** What its charts draw; days begin where the reader is. */
export const overviewSeries = (days: number) =>
  queryOptions({
    queryKey: ["overview", "series", days],
    queryFn: ({ signal }) =>
      got(
        api.GET("/api/overview/series", {
          params: { query: { days, utc_offset_minutes: -new Date().getTimezoneOffset() } },
          signal,
        }),
      ),
    refetchInterval: 30_000,
    placeholderData: keepPreviousData,
  });

/** How far one stream was behind, as far as somebody looked. */
export const streamLag = (id: string, hours: number) =>
  queryOptions({
    queryKey: ["streams", id, "lag", hours],
    queryFn: ({ signal }) =>
      got(
        api.GET("/api/continuous-sync/streams/{id}/lag", {
          params: { path: { id }, query: { hours } },
          signal,
        }),
      ),
    refetchInterval: 15_000,
    placeholderData: keepPreviousData,
  });
