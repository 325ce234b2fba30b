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

/** The request has the last word, then the configuration. */
export function pricesFrom(price: {
  readonly configured: number | undefined;
  readonly requested: number | undefined;
}): Prices {
  if (price.requested !== undefined) return said(price.requested, "request", "as the request says");
  if (price.configured !== undefined)
    return said(price.configured, "configuration", "as the configuration says");
  return said(DEFAULT_STORAGE_PRICE, "default", "list price of S3 Standard in US regions, first 50 TB");
}

function said(price: number, from: Prices["storage_price_from"], note: string): Prices {
  return { storage_usd_per_gb_month: price, storage_price_from: from, note };
}
