export { LakehouseError, type LakehouseErrorCode } from "./errors.ts";
export type { PrincipalRecord } from "./metastore/metastore.ts";
export type { PrefixMapping } from "./storage/local-locations.ts";
export type { ActiveRule, Chaos } from "./workspace/chaos/chaos.ts";
export type { ChaosRule, Fault } from "./workspace/chaos/rule.ts";
export { type LatencyModel, noLatency, realisticLatency } from "./workspace/latency.ts";
export { type Holder, holderOf } from "./workspace/endpoint.ts";
export type { Lakehouse, LakehouseOptions, Listening } from "./workspace/lakehouse.ts";
export { openLakehouse } from "./workspace/open-lakehouse.ts";
