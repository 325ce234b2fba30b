import { type QueryKey, type UseQueryOptions, useQueries } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";
import { PAGE } from "../../api/runs.ts";

/** A place in a long list; `row` is absent until it is loaded. */
export interface Slot<Row> {
  readonly index: number;
  readonly row?: Row;
}

export interface Paged<Answer, Row> {
  readonly slots: readonly Slot<Row>[];
  /** The newest answer of any page: what they all say of the whole. */
  readonly answer: Answer | undefined;
  readonly total: number;
  readonly error: Error | null;
  readonly retry: () => void;
  /** Loads what is seen. Always the same function. */
  readonly onSeen: (first: number, last: number) => void;
}

/** A list of any length of which only the pages in sight are asked for. `queryAt` gives a query for an `Answer`. */
export function usePages<Answer extends { readonly total: number }, Row>(
  queryAt: (offset: number) => { readonly queryKey: QueryKey },
  rowsOf: (answer: Answer) => readonly Row[],
): Paged<Answer, Row> {
  const [seen, setSeen] = useState({ first: 0, last: 0 });
  const onSeen = useCallback((first: number, last: number) => {
    const pages = { first: Math.floor(first / PAGE), last: Math.floor(last / PAGE) };
    setSeen((now) => (now.first === pages.first && now.last === pages.last ? now : pages));
  }, []);
  const offsets = useMemo(
    () => Array.from({ length: seen.last - seen.first + 1 }, (_, page) => (seen.first + page) * PAGE),
    [seen],
  );
  const results = useQueries({
    queries: offsets.map((offset) => queryAt(offset) as UseQueryOptions<Answer>),
  });
  const answers = results.map(({ data }) => data);
  const newest = answers.find((each) => each !== undefined);
  // While a page that was jumped to is on its way, the list is as long as it was.
  const known = useRef<Answer>(undefined);
  if (newest !== undefined) known.current = newest;
  const answer = newest ?? known.current;
  const total = answer?.total ?? 0;
  const failed = results.find(({ error }) => error !== null);
  const slots = useMemo(() => {
    const all: Slot<Row>[] = Array.from({ length: total }, (_, index) => ({ index }));
    for (const [page, each] of answers.entries())
      for (const [at, row] of (each === undefined ? [] : rowsOf(each)).entries()) {
        const index = (offsets[page] ?? 0) + at;
        if (index < total) all[index] = { index, row };
      }
    return all;
    // The answers are the same objects until they change.
  }, [total, offsets, ...answers, answers.length]);
  return {
    slots,
    answer,
    total,
    error: failed?.error ?? null,
    retry: () => void failed?.refetch(),
    onSeen,
  };
}
