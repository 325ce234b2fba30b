/** Between the Gregorian calendar's start and 1970, in milliseconds: version-1 uuids count from the former. */
const GREGORIAN_OFFSET_MS = 12_219_292_800_000n;

/**
 * Makes statement ids as the service does: uuids whose text sorts by time, `01f0cafe-1234-1abc-…` (a version-1 timestamp with its
 * highest digits first). Ids made in one millisecond are told apart by a counter.
 */
export function statementIds({
  now,
  uuid,
}: {
  readonly now: () => number;
  readonly uuid: () => string;
}): () => string {
  let last = 0n;
  return () => {
    const ticks = (BigInt(Math.trunc(now())) + GREGORIAN_OFFSET_MS) * 10_000n;
    last = ticks > last ? ticks : last + 1n;
    const time = last.toString(16).padStart(16, "0");
    // Twelve of the sixteen digits go before the version, three behind it; the last one would not fit and is put into the node part.
    const random = uuid().replaceAll("-", "");
    return `${time.slice(0, 8)}-${time.slice(8, 12)}-1${time.slice(12, 15)}-${time.slice(15)}${random.slice(0, 3)}-${random.slice(20)}`;
  };
}
