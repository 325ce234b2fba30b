import { type InfiniteData, useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { everyRuns } from "../../api/queries.ts";
import { PAGE, type RunItem, type RunsAsked, runsBefore } from "../../api/runs.ts";
import { followRuns } from "../../api/stream.ts";
import type { RunsSearch } from "./runs-search.ts";
import { withNews } from "./runs-news.ts";

const LISTS = [...everyRuns, "list"] as const;
/** What no news tells of: runs that were forgotten, or changed while nothing was heard. */
const LOOK_AGAIN_MS = 15_000;

/** Runs that are looked for, newest first, page by page, and as they change. Nothing is asked while the page is hidden. */
export function useRuns({ status, load, q }: RunsSearch) {
  const asked: RunsAsked = {
    ...(status === undefined ? {} : { status }),
    ...(load === undefined ? {} : { load }),
    ...(q === undefined ? {} : { q }),
  };
  useNews(Object.keys(asked).length > 0);
  return useInfiniteQuery({
    queryKey: [...LISTS, asked],
    queryFn: ({ pageParam, signal }) => runsBefore(asked, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => (page.length < PAGE ? undefined : page.at(-1)?.job_id),
    // Pages that were scrolled to are not all asked for again.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 1) > 1 ? false : LOOK_AGAIN_MS),
  });
}

/** Lists follow what is heard of runs. `filtered`: whether a run that is new to the list belongs to it has to be asked. */
function useNews(filtered: boolean): void {
  const client = useQueryClient();
  useEffect(() => {
    const abort = new AbortController();
    let lost = false;
    const lookAgain = () => void client.invalidateQueries({ queryKey: LISTS });
    void followRuns({
      onMessage: (message) => {
        if (message.event !== "run") return;
        let unknown = false;
        client.setQueriesData<InfiniteData<RunItem[]>>({ queryKey: LISTS, type: "active" }, (list) => {
          const news = list && withNews(list.pages, message.data as RunItem, !filtered);
          unknown ||= news === undefined;
          return list && news && { ...list, pages: news };
        });
        if (unknown && filtered) lookAgain();
      },
      onInterrupted: (interrupted) => {
        if (lost && !interrupted) lookAgain();
        lost = interrupted;
      },
      signal: abort.signal,
      // A list without news is looked at again all the same.
    }).catch(lookAgain);
    return () => abort.abort();
  }, [client, filtered]);
}
