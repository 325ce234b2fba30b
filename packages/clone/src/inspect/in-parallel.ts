/**
 * Maps with at most `limit` calls under way; results in the order of the items. After a rejection no further item is begun, and the
 * whole rejects with the first one when those under way have ended: what the caller does then is not overtaken by one of them.
 */
export async function inParallel<Item, Result>(
  items: readonly Item[],
  limit: number,
  work: (item: Item) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const worker = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  const failures: unknown[] = [];
  const stopping = async () => {
    try {
      await worker();
    } catch (error) {
      failures.push(error);
      while (queue.next().done !== true);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, stopping));
  if (failures.length > 0) throw failures[0];
  return results;
}
