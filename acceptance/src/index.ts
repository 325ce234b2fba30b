export { criteria } from "./criteria.ts";
export { type Criterion, isIn, type Result } from "./criterion.ts";
export { findChromium } from "./harness/browser.ts";
export { type Checked, type Ran, type ReleaseCheckOptions, releaseCheck } from "./release-check.ts";
export type { RealPair, RealPlace } from "./harness/workspace.ts";
export type { Soak } from "./soak/soak.ts";
export { checkoutAbove } from "./suite/suite.ts";
