export { hasVersions } from "./decide/cloneable.ts";
export type * from "./decide/decision.ts";
export { readStamp, type Stamp } from "./decide/provenance.ts";
export { type CatalogPair, compareCatalogs, compareSideBySide } from "./diff/compare.ts";
export type * from "./diff/comparison.ts";
export type * from "./diff/diff.ts";
export {
  type CompareRequest,
  type CompareRequestWire,
  compareRequestSchema,
  pairOf,
  parseCompareRequest,
} from "./diff/request.ts";
export { diffCatalogs } from "./diff/diff-catalogs.ts";
export * from "./errors.ts";
export type * from "./estimate/document.ts";
export { estimateClone } from "./estimate/estimate.ts";
export {
  type EstimateRequest,
  type EstimateRequestWire,
  estimateRequestSchema,
  parseEstimateRequest,
} from "./estimate/request.ts";
export type { InspectPorts } from "./inspect/ends.ts";
export type { HoldingRun, ReleasedRun } from "./guards/abandoned.ts";
export type { GuardPorts } from "./guards/guard-ports.ts";
export type * from "./guards/journal.ts";
export { releaseDead, type Unlocked, type Unlocking, unlock } from "./guards/unlock.ts";
export { failureOf } from "./inspect/failure.ts";
export { inspectSchemas } from "./inspect/inspect.ts";
export type * from "./inspect/inventory.ts";
export { mapCell, rowsByName } from "./inspect/rows.ts";
export { openFileLedger, readLedger } from "./ledger/file-ledger.ts";
export type * from "./ledger/ledger.ts";
export { type Defined, type DefinitionReferences, definitionReferences } from "./plan/definition.ts";
export type * from "./plan/plan.ts";
export type * from "./preflight/document.ts";
export { preflightClone } from "./preflight/preflight.ts";
export { planClone } from "./plan/plan-clone.ts";
export { type InlineTarget, inlineTarget, withSealedTargets } from "./request/inline-targets.ts";
export * from "./request/parse.ts";
export { issueProblems, type RequestProblem } from "./request/problems.ts";
export type * from "./request/request.ts";
export type { TargetObject, TargetWire } from "./request/target-wire.ts";
export {
  type FanoutOptions,
  requestForTarget,
  type SyncMode,
  targetOfConnection,
  type TargetRequest,
} from "./request/targets.ts";
export {
  type CloneRequestKey,
  type CloneRequestWire,
  cloneRequestKeys,
  cloneRequestSchema,
} from "./request/wire.ts";
export {
  type PlanDocument,
  planDocument,
  type PlanHeader,
  type PlannedWork,
  readPlanDocument,
  requestOfPlan,
} from "./run/apply-document.ts";
export { applyPlan, checkPlan, type PlanCheck, planForLater } from "./run/apply-plan.ts";
export { bytesOf as bytesOfSteps } from "./run/make-plan.ts";
export type * from "./run/events.ts";
export type * from "./run/run.ts";
export { isUndoable, rollbackRecorded } from "./rollback/rollback-recorded.ts";
export type { RollbackOptions, RollbackSummary } from "./rollback/rollback-run.ts";
export { resumeRun } from "./run/resume-run.ts";
export { isOpenRun, runState } from "./run/resume-state.ts";
export * from "./run/run-clone.ts";
export * from "./run/run-files.ts";
export * from "./run/settings.ts";
export { type TargetPorts, withTarget } from "./run/with-target.ts";
export * from "./summarize/exit-code.ts";
export { schemaLines } from "./summarize/log-lines.ts";
export { NO_PROGRESS, progressAfter } from "./summarize/progress.ts";
export { formatOf, type Report, reportFile, type ReportFormat, reportText } from "./summarize/report.ts";
export { summarize } from "./summarize/summarize.ts";
export type * from "./summarize/summary.ts";
export { bytes, counted, seconds } from "./summarize/words.ts";
export type { CatalogVerification, Certificate, Verification } from "./verify/certificate.ts";
export { type VerifyOptions, verifyCatalogs } from "./verify/verify.ts";
export type { ConfiguredPrices, StreamCost } from "./streams/cost.ts";
export {
  discoverStreams,
  findStream,
  refreshStream,
  restartStream,
  stopStream,
} from "./streams/look-after.ts";
export { type LoopPorts, type StreamEvent, streamLoop } from "./streams/loop.ts";
export type * from "./streams/plan.ts";
export type { StreamPorts } from "./streams/ports.ts";
export type { StreamProgram } from "./streams/program.ts";
export type { StreamRecord, TableProgress } from "./streams/record.ts";
export {
  type ParsedStreamRequest,
  parseStreamRequest,
  type StreamRequest,
  type StreamRequestWire,
  streamRequestSchema,
} from "./streams/request.ts";
export { planStream, startStream } from "./streams/start-stream.ts";
export type { StreamState } from "./streams/states.ts";
export {
  type StreamRunnerPorts,
  type StreamTaskRunner,
  streamTaskRunner,
} from "./streams/task-runner.ts";
