/** What things cost, and who says so. */
export interface Prices {
  readonly storage_usd_per_gb_month: number;
  readonly storage_price_from: "default" | "configuration" | "request";
  readonly note: string;
}

/** List price of S3 Standard in US regions for the first 50 TB; hot object storage of other clouds costs 0.018 to 0.020. */
const DEFAULT_STORAGE_PRICE = 0.023;

/** Bytes of a gigabyte as object storage is billed. */
export const GIGABYTE = 2 ** 30;

/** A number that stands for money, or that money is counted by, and who says so. */
export interface Price {
  readonly value: number;
  readonly from: "default" | "configuration" | "request";
  readonly note: string;
}

export interface SaidPrices {
  readonly configured: number | undefined;
  readonly requested: number | undefined;
}

/** The request has the last word, then the configuration. */
export function pricesFrom(price: SaidPrices): Prices {
  const note = "list price of S3 Standard in US regions, first 50 TB";
  const chosen = priceFrom({ value: DEFAULT_STORAGE_PRICE, note }, price);
  return {
    storage_usd_per_gb_month: chosen.value,
    storage_price_from: chosen.from,
    note: chosen.note,
  };
}

/** The same for any price that has a default. */
export function priceFrom(
  byDefault: Pick<Price, "value" | "note">,
  { configured, requested }: SaidPrices,
): Price {
  if (requested !== undefined) return { value: requested, from: "request", note: "as the request says" };
  if (configured !== undefined)
    return { value: configured, from: "configuration", note: "as the configuration says" };
  return { ...byDefault, from: "default" };
}
