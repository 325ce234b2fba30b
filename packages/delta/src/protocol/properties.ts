/** Whether the value of a boolean table property says yes; writers spell it in any case. */
export function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === "true";
}
