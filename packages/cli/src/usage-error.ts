/** What was typed cannot be carried out; the message names the thing and the way out. Exit code 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}
