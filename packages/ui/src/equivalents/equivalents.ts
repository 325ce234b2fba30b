import { isSecret, secretOf } from "./secret.ts";
import { quoted } from "./shell.ts";

/** One action of the page by the other front ends, ready to paste. Nothing in it is secret: secrets stand in the shell's environment. */
export interface Means {
  /** Absent where the command line has no words for it. */
  readonly cli?: string;
  /** Present where the action has a configuration file. */
  readonly yaml?: YamlMeans;
  readonly call: ApiCall;
}

/** A file to keep, and the command that reads it from the folder it is kept in. */
interface YamlMeans {
  readonly text: string;
  readonly file: string;
  readonly command: string;
}

export interface ApiCall {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  /** Values may be secrets by name. */
  readonly body?: unknown;
  /** A file that is the body, as it is. */
  readonly bodyFile?: string;
  /** Where the answer is kept. */
  readonly into?: string;
}

/** The call as `curl` makes it against this server. `needsToken`: it asks for one, which the shell holds. */
export function curlOf(
  { method, path, body, bodyFile, into }: ApiCall,
  { origin, needsToken }: { readonly origin: string; readonly needsToken: boolean },
): string {
  const sends = body !== undefined || bodyFile !== undefined;
  return [
    `curl -X ${method} ${quoted(`${origin}${path}`)}`,
    ...(sends ? ["-H 'Content-Type: application/json'"] : []),
    ...(needsToken ? ['-H "Authorization: Bearer $CLXS_TOKEN"'] : []),
    ...(into === undefined ? [] : [`-o ${quoted(into)}`]),
    ...(bodyFile === undefined ? [] : [`--data-binary ${quoted(`@${bodyFile}`)}`]),
    ...(body === undefined ? [] : [dataOf(body)]),
  ].join(" \\\n  ");
}

/**
 * The body as an argument; with secrets in it as a here-document, in which the shell puts them, so that they stand in no list of processes.
 */
function dataOf(body: unknown): string {
  const mark = markBeside(JSON.stringify(body));
  const secrets: string[] = [];
  const text = JSON.stringify(
    body,
    (_, value: unknown) => (isSecret(value) ? `${mark}${secrets.push(secretOf(value)) - 1}.` : value),
    2,
  );
  if (secrets.length === 0) return `-d ${quoted(text)}`;
  const escaped = text.replace(/[\\$`]/gu, "\\$&");
  const filled = secrets.reduce((rest, name, at) => rest.replace(`${mark}${at}.`, () => `$${name}`), escaped);
  return `-d @- <<END\n${filled}\nEND`;
}

/** Stands for a secret while the rest is escaped: a word that the rest does not hold. */
function markBeside(text: string): string {
  let mark = "secret";
  while (text.includes(mark)) mark += "_";
  return mark;
}
