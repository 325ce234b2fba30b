/**
 * Maps with at most `limit` calls under way; results in the order of the items. The first rejection rejects the whole,
 * after which no further item is begun.
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
  const stopping = async () => {
    try {
      await worker();
    } catch (error) {
      while (queue.next().done !== true);
      throw error;
    }
  };
  await Promise.all(Array.from({ length: Math.min(limit, items.length) }, stopping));
  return results;
}
