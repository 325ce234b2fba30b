/** What the exit code tells: scripts rely on these. */
export const ExitCode = {
  done: 0,
  /** Some object failed, or a checking command found drift. */
  someFailed: 1,
  /** Wrong usage or configuration. */
  usage: 2,
  /** Refused: foreign target, lease held. */
  refused: 3,
  /** No connection, or not authorised. */
  noConnection: 4,
  cancelled: 130,
} as const;
export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
