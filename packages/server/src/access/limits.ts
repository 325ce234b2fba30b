import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { isWrite } from "./access.ts";
import { tooMany } from "./failed-sign-ins.ts";

/** How much one caller may ask within a minute. */
export interface Limits {
  /** From one address. */
  readonly failedSignIns: number;
  /** `undefined`: as many as he likes. */
  readonly writes: number | undefined;
  readonly reads: number | undefined;
}

export const LIMITS = { failedSignIns: 10, writes: 120, reads: 3_000 } as const;

/** Throws TOO_MANY_REQUESTS for a caller who has asked too much. */
export type CheckRate = (request: FastifyRequest) => Promise<void>;

const MINUTE_MS = 60_000;

/** Counts what each caller asks: by his name when it is known, else by his address. */
export async function rateChecks(app: FastifyInstance, { reads, writes }: Limits): Promise<CheckRate> {
  if (reads === undefined && writes === undefined) return () => Promise.resolve();
  await app.register(rateLimit, { global: false });
  const keyGenerator = ({ caller, ip }: FastifyRequest) =>
    caller.role === undefined || caller.by === "openness" ? `address ${ip}` : `caller ${caller.name}`;
  const limiterOf = (max: number | undefined) =>
    max === undefined ? undefined : app.createRateLimit({ max, timeWindow: MINUTE_MS, keyGenerator });
  const limiters = { reads: limiterOf(reads), writes: limiterOf(writes) };
  return async (request) => {
    const kind = isWrite(request.method) ? "writes" : "reads";
    const used = await limiters[kind]?.(request);
    if (used === undefined || used.isAllowed || !used.isExceeded) return;
    throw tooMany(`This server answers ${used.max} ${kind} a minute for each caller.`, used.ttl);
  };
}
