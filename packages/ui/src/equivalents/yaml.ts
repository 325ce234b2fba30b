/** A request as YAML: one key a line, lists and maps below theirs. Numbers, truths and texts come back as they are. */
export function yamlOf(request: object): string {
  return Object.entries(request)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => `${key}:${valueOf(value)}`)
    .join("\n");
}

function valueOf(value: unknown): string {
  if (Array.isArray(value)) {
    return value.length === 0 ? " []" : value.map((each) => `\n  - ${itemOf(each)}`).join("");
  }
  if (typeof value !== "object" || value === null) return ` ${textOf(value)}`;
  const entries = Object.entries(value);
  if (entries.length === 0) return " {}";
  return entries.map(([key, each]) => `\n  ${textOf(key)}: ${textOf(each)}`).join("");
}

/** An object in a list: its first key beside the dash. */
function itemOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return textOf(value);
  return Object.entries(value)
    .map(([key, each]) => `${textOf(key)}: ${textOf(each)}`)
    .join("\n    ");
}

/** Words that YAML 1.1 or 1.2 reads as something else, and all but plain names, are quoted; JSON's quoting is YAML's too. */
function textOf(value: unknown): string {
  const plain = typeof value === "string" && /^[A-Za-z_][\w.-]*$/u.test(value);
  const special = /^(true|false|yes|no|on|off|null|y|n)$/iu;
  return plain && !special.test(value) ? value : JSON.stringify(value);
}
