/** Thrown in a process at the moment at which it is to have died. */
export class Killed extends Error {
  override readonly name = "Killed";
}
