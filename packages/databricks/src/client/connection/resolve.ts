import { WorkspaceError } from "@clone-xs/unity";
import { chooseAuthentication } from "./authentication.ts";
import {
  type ConnectionConfig,
  type ConnectionSettings,
  environmentNames,
  type FoundSetting,
  type FoundSettings,
  type SettingName,
  settingNames,
} from "./config.ts";
import { parseHost } from "./host.ts";
import { type Environment, networkFromEnvironment, type ReadFile } from "./network.ts";
import { chooseProfile, type ProfileChoice, type Profiles, parseProfiles, profileNames } from "./profiles.ts";

/** Where settings are looked for. */
export interface ConnectionInputs {
  readonly env: Environment;
  readonly readFile: ReadFile;
  readonly homeDir: string;
  /** Profile that the user named (`--profile`). */
  readonly profile?: string;
  /**
   * Settings that the user gave directly; they win over everything else. For a connection that is complete in itself hand in
   * an environment without the DATABRICKS_ variables.
   */
  readonly explicit?: ConnectionSettings;
}

/**
 * Finds the workspace that the user means by the rules of Databricks' unified authentication: given directly > environment
 * > profile of `~/.databrickscfg`. `undefined` when nothing names a workspace at all. Throws CONFIGURATION, naming the
 * setting and the way out, when something does but it is incomplete or contradicts itself.
 */
export async function resolveConnection(inputs: ConnectionInputs): Promise<ConnectionConfig | undefined> {
  const settings = await findSettings(inputs);
  const { host } = settings;
  if (host === undefined) return missingHost(settings);
  const address = parseHost(host.value, host.source);
  const workspaceId = settings.workspace_id?.value ?? address.workspaceId;
  return {
    host: address.origin,
    ...(workspaceId === undefined ? {} : { workspaceId }),
    auth: chooseAuthentication(settings, address.origin),
    ...(settings.warehouse_id === undefined ? {} : { warehouseId: settings.warehouse_id.value }),
    network: await networkFromEnvironment(inputs.env, inputs.readFile),
    sources: Object.fromEntries(Object.entries(settings).map(([name, found]) => [name, found.source])),
  };
}

function missingHost({ token, client_id, client_secret }: FoundSettings): undefined {
  const credential = token ?? client_id ?? client_secret;
  if (credential === undefined) return undefined;
  throw new WorkspaceError(
    "CONFIGURATION",
    `There are credentials (${credential.source}) but no workspace address. Set DATABRICKS_HOST, or \`host\` in the profile, or unset the credentials.`,
  );
}

async function findSettings({
  env,
  readFile,
  homeDir,
  profile,
  explicit = {},
}: ConnectionInputs): Promise<FoundSettings> {
  const direct = directSettings(env, explicit);
  const file = await readProfiles(env, readFile, homeDir);
  const choice = chooseProfile(file.profiles, {
    asked: profile,
    fromEnvironment: env["DATABRICKS_CONFIG_PROFILE"],
  });
  const named =
    choice.chosenBy === "argument" ||
    (choice.chosenBy === "DATABRICKS_CONFIG_PROFILE" && explicit.host === undefined);
  // As the Go SDK: a file that nobody pointed at is not even looked at once credentials are there.
  if (!named && isComplete(direct)) return direct;
  const fromFile = profileSettings(file, choice);
  if (sameWorkspace(direct, fromFile)) return { ...fromFile, ...direct };
  if (named) throw differentWorkspaces(direct, fromFile);
  return direct;
}

/** What the environment says about another workspace does not belong to the one that was given directly. */
function directSettings(env: Environment, explicit: ConnectionSettings): FoundSettings {
  const given = collect(
    (name) => explicit[name],
    () => "the connection's settings",
    0,
  );
  const ambient = collect(
    (name) => env[environmentNames[name]],
    (name) => environmentNames[name],
    1,
  );
  return sameWorkspace(given, ambient) ? { ...ambient, ...given } : given;
}

function isComplete({ host, token, client_id, client_secret }: FoundSettings): boolean {
  return (
    host !== undefined && (token !== undefined || (client_id !== undefined && client_secret !== undefined))
  );
}

function collect(
  read: (name: SettingName) => string | undefined,
  source: (name: SettingName) => string,
  rank: FoundSetting["rank"],
): FoundSettings {
  const found: Partial<Record<SettingName, FoundSetting>> = {};
  for (const name of settingNames) {
    const value = read(name)?.trim();
    if (value !== undefined && value !== "") found[name] = { value, source: source(name), rank };
  }
  return found;
}

interface ProfileFile {
  /** As the user would write it. */
  readonly shownPath: string;
  readonly profiles: Profiles;
}

async function readProfiles(env: Environment, readFile: ReadFile, homeDir: string): Promise<ProfileFile> {
  const shownPath = env["DATABRICKS_CONFIG_FILE"] || "~/.databrickscfg";
  const text = await readFile(shownPath.replace(/^~(?=\/|$)/u, () => homeDir));
  return { shownPath, profiles: parseProfiles(text ?? "") };
}

function profileSettings(
  { shownPath, profiles }: ProfileFile,
  { name, chosenBy }: ProfileChoice,
): FoundSettings {
  const section = profiles.get(name);
  if (section !== undefined && (name !== "DEFAULT" || section.size > 0 || chosenBy === "DEFAULT"))
    return collect(
      (setting) => section.get(setting),
      () => `profile [${name}] of ${shownPath}`,
      2,
    );
  if (chosenBy === "DEFAULT") return {};
  const known = profileNames(profiles);
  const asker = chosenBy === "argument" ? "" : ` (named by ${chosenBy})`;
  throw new WorkspaceError(
    "CONFIGURATION",
    `There is no profile [${name}]${asker} in ${shownPath}. ${known.length === 0 ? "That file has no profiles." : `Profiles there: ${known.join(", ")}.`}`,
  );
}

/**
 * Credentials belong to the host they were given with. The SDKs would merge them with a host from the environment; for a
 * tool that writes, a token sent to another workspace, or a workspace other than the named profile's, is worth refusing.
 */
function sameWorkspace(direct: FoundSettings, fromFile: FoundSettings): boolean {
  if (direct.host === undefined || fromFile.host === undefined) return true;
  return (
    parseHost(direct.host.value, direct.host.source).origin ===
    parseHost(fromFile.host.value, fromFile.host.source).origin
  );
}

function differentWorkspaces(direct: FoundSettings, fromFile: FoundSettings): WorkspaceError {
  return new WorkspaceError(
    "CONFIGURATION",
    `${direct.host?.source} and ${fromFile.host?.source} name different workspaces (${direct.host?.value}, ${fromFile.host?.value}). Unset DATABRICKS_HOST and its credentials, or choose another profile.`,
  );
}
