/** Sections of a configuration file by name, each a map of keys in lower case. */
export type Profiles = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** Section that holds settings of the tools themselves, not a profile. */
const SETTINGS_SECTION = "__settings__";

/**
 * Reads `~/.databrickscfg`. Whole-line comments begin with `#` or `;`, inline ones need a space before them (tokens may
 * contain `#`). Keys before the first section belong to DEFAULT. Lines that are neither are skipped, as the SDKs do.
 */
export function parseProfiles(text: string): Profiles {
  const profiles = new Map<string, Map<string, string>>();
  let section = "DEFAULT";
  for (const line of text.replace(/^\uFEFF/u, "").split(/\r?\n/u)) {
    const header = /^\s*\[([^\]]*)\]/u.exec(line);
    if (header !== null) {
      section = (header[1] ?? "").trim();
      if (!profiles.has(section)) profiles.set(section, new Map());
      continue;
    }
    const entry = parseEntry(line);
    if (entry === undefined) continue;
    const keys = profiles.get(section) ?? new Map<string, string>();
    keys.set(entry.key, entry.value);
    profiles.set(section, keys);
  }
  return profiles;
}

function parseEntry(line: string): { key: string; value: string } | undefined {
  const parts = /^\s*([^#;=:\s][^=:]*?)\s*[=:](.*)$/u.exec(line);
  if (parts === null) return undefined;
  const value = ` ${parts[2] ?? ""}`.replace(/\s[#;].*$/u, "").trim();
  const quoted = /^"(.*)"$/u.exec(value);
  return { key: (parts[1] ?? "").toLowerCase(), value: quoted?.[1] ?? value };
}

/** Names of the profiles that somebody can choose, in the order of the file. An empty DEFAULT counts as absent. */
export function profileNames(profiles: Profiles): string[] {
  return [...profiles]
    .filter(([name, keys]) => name !== SETTINGS_SECTION && (name !== "DEFAULT" || keys.size > 0))
    .map(([name]) => name);
}

/** Which profile is meant and who said so. */
export interface ProfileChoice {
  readonly name: string;
  /** `--profile`, a variable, the file's own default, or nobody. */
  readonly chosenBy: "argument" | "DATABRICKS_CONFIG_PROFILE" | "default_profile" | "DEFAULT";
}

/** Order: asked for → DATABRICKS_CONFIG_PROFILE → `[__settings__] default_profile` → `[DEFAULT]`. Unified authentication of the SDKs. */
export function chooseProfile(
  profiles: Profiles,
  { asked, fromEnvironment }: { asked?: string | undefined; fromEnvironment?: string | undefined },
): ProfileChoice {
  if (asked !== undefined && asked !== "") return { name: asked, chosenBy: "argument" };
  if (fromEnvironment !== undefined && fromEnvironment !== "")
    return { name: fromEnvironment, chosenBy: "DATABRICKS_CONFIG_PROFILE" };
  const preset = profiles.get(SETTINGS_SECTION)?.get("default_profile");
  if (preset !== undefined && preset !== "") return { name: preset, chosenBy: "default_profile" };
  return { name: "DEFAULT", chosenBy: "DEFAULT" };
}
