export { criteria } from "./criteria.ts";
export type { Criterion, Result } from "./criterion.ts";
export { findChromium } from "./harness/browser.ts";
export { type ReleaseCheckOptions, releaseCheck } from "./release-check.ts";
