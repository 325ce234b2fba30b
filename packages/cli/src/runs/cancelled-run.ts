/** Somebody else than the user at this terminal asked for the end of the run. */
export class CancelledRun extends Error {
  override readonly name = "CancelledRun";
}
