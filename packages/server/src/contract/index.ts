/**
 * The shapes of the product's API: zod schemas for the server and its OpenAPI document, types for every client.
 * The page imports types only, so that no validator is sent to the browser.
 */
export type { CloneRequestWire } from "@clone-xs/clone";
export * from "./activity.ts";
export * from "./compare.ts";
export * from "./connections.ts";
export * from "./estimate.ts";
export * from "./explorer.ts";
export * from "./notifications.ts";
export * from "./overview.ts";
export * from "./plan.ts";
export * from "./plans.ts";
export * from "./preflight.ts";
export * from "./problem.ts";
export * from "./rollback.ts";
export * from "./run-parts.ts";
export * from "./runs.ts";
export * from "./session.ts";
export * from "./schedules.ts";
export * from "./streams.ts";
export * from "./tokens.ts";
export * from "./workspace.ts";
