import { ServerError } from "../errors.ts";

/** Counts failed sign-ins by the address that they come from. */
export interface FailedSignIns {
  /** Throws TOO_MANY_REQUESTS while too many have failed from there: then a right token is not looked at either. */
  check(address: string, at: number): void;
  note(address: string, at: number): void;
}

const WINDOW_MS = 60_000;

/** `limit` failures within a minute, from the first of them, are the last for that minute. */
export function failedSignIns(limit: number): FailedSignIns {
  const windows = new Map<string, { readonly until: number; failures: number }>();
  return {
    check(address, at) {
      const window = windows.get(address);
      if (window === undefined || window.until <= at || window.failures < limit) return;
      throw tooMany("Too many sign-ins have failed from your address.", window.until - at);
    },
    note(address, at) {
      for (const [each, { until }] of windows) if (until <= at) windows.delete(each);
      const window = windows.get(address) ?? { until: at + WINDOW_MS, failures: 0 };
      window.failures += 1;
      windows.set(address, window);
    },
  };
}

/** The error for a caller who has to wait. */
export function tooMany(what: string, waitMs: number): ServerError {
  const retryAfter = Math.max(1, Math.ceil(waitMs / 1000));
  const again = retryAfter === 1 ? "a second" : `${retryAfter} seconds`;
  return new ServerError("TOO_MANY_REQUESTS", `${what} Try again in ${again}.`, { retryAfter });
}
