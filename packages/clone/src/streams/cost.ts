import { type Price, priceFrom } from "../estimate/prices.ts";
import type { StreamRequest } from "./request.ts";

/** What a stream costs that runs day and night; keys are the wire's own. */
export interface StreamCost {
  readonly compute_hours_per_day: number;
  readonly dbu_per_hour: Price;
  readonly usd_per_dbu: Price;
  readonly usd_per_day: number;
  readonly note: string;
}

/** Prices that the configuration gives. */
export interface ConfiguredPrices {
  readonly usdPerDbu?: number;
  readonly dbuPerHour?: number;
}

/** List prices of jobs compute, premium tier, US regions: serverless on Azure; classic on AWS, without the machines themselves. */
const USD_PER_DBU = {
  serverless: { value: 0.45, note: "list price of serverless jobs compute, US regions, premium tier" },
  cluster: {
    value: 0.15,
    note: "list price of classic jobs compute, US regions, premium tier, without the machines",
  },
};

/** A loop needs the smallest compute there is. */
const DBU_PER_HOUR = { value: 2, note: "an assumption: the smallest compute, mostly waiting" };

/** A loop holds its compute for as long as the stream runs, whether or not anything changes. */
export function streamCost(
  { compute, usdPerDbu, dbuPerHour }: Pick<StreamRequest, "compute" | "usdPerDbu" | "dbuPerHour">,
  configured: ConfiguredPrices = {},
): StreamCost {
  const hours = 24;
  const dbu = priceFrom(DBU_PER_HOUR, { configured: configured.dbuPerHour, requested: dbuPerHour });
  const usd = priceFrom(USD_PER_DBU[compute.kind], {
    configured: configured.usdPerDbu,
    requested: usdPerDbu,
  });
  return {
    compute_hours_per_day: hours,
    dbu_per_hour: dbu,
    usd_per_dbu: usd,
    usd_per_day: Math.round(hours * dbu.value * usd.value * 100) / 100,
    note: "The run holds its compute all day; storage and changes of the tables are not in it.",
  };
}
