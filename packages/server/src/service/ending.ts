import type { Clock } from "@clone-xs/clone";
import type { FastifyInstance } from "fastify";

/** How long answers that are under way may take when the server stops. */
const DRAIN_MS = 5_000;
const SWEEP_MS = 50;

/** Takes no more requests, ends streams, and lets answers that are under way end, for a while. */
export async function stopAnswering(app: FastifyInstance): Promise<void> {
  const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_MS);
  const cut = setTimeout(() => app.server.closeAllConnections(), DRAIN_MS);
  try {
    await app.close();
  } finally {
    clearInterval(sweep);
    clearTimeout(cut);
  }
}

/** Whether `work` ended within that time. Throws what it throws by then. */
export async function within(milliseconds: number, clock: Clock, work: Promise<unknown>): Promise<boolean> {
  const waiting = new AbortController();
  const late = clock.sleep(milliseconds, waiting.signal).then(
    () => false,
    () => false,
  );
  const ended = await Promise.race([work.then(() => true), late]);
  waiting.abort();
  return ended;
}
