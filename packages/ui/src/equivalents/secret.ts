const SECRET = Symbol("secret");

/** A value that only the shell knows, by the name of its variable. */
export interface Secret {
  readonly [SECRET]: string;
}

/** The secret that an environment variable of the shell holds. */
export function fromEnvironment(variable: string): Secret {
  return { [SECRET]: variable };
}

export function isSecret(value: unknown): value is Secret {
  return typeof value === "object" && value !== null && SECRET in value;
}

/** The name of its variable. */
export function secretOf(secret: Secret): string {
  return secret[SECRET];
}
