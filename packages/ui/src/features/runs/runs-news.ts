interface Run {
  readonly job_id: string;
  readonly created_at: string;
}

/**
 * Pages of runs, newest first, with one of them as it is now. A run that is in none of them is put before all others where `add` allows it and
 * it is newer; `undefined`: it is in none.
 */
export function withNews<Item extends Run>(
  pages: readonly Item[][],
  news: Item,
  add: boolean,
): Item[][] | undefined {
  const at = pages.findIndex((page) => page.some(({ job_id }) => job_id === news.job_id));
  if (at >= 0)
    return pages.map((page, index) =>
      index === at ? page.map((run) => (run.job_id === news.job_id ? news : run)) : page,
    );
  const [first = [], ...others] = pages;
  const newest = first[0];
  if (!add || (newest !== undefined && newest.created_at > news.created_at)) return undefined;
  return [[news, ...first], ...others];
}
