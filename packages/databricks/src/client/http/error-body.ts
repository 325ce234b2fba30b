import { STATUS_CODES } from "node:http";

/** What a refused request said, whatever its shape. */
export interface Refusal {
  readonly status: number;
  /** The service's own name for it; absent when something in front of the service answered. */
  readonly errorCode?: string;
  readonly message: string;
}

/**
 * Reads the body of a failed request. All shapes that the SDKs tolerate: `{error_code, message}` with the code as name or
 * number, API 1.2 `{error}`, SCIM `{detail, scimType}`, OAuth `{error, error_description}` or `{errorCode, errorSummary}`,
 * plain `CODE: text`, HTML with `<pre>`, and nothing at all.
 */
export function readRefusal(status: number, body: string): Refusal {
  return (
    jsonRefusal(status, body) ??
    plainRefusal(status, body) ??
    htmlRefusal(status, body) ?? { status, message: statusText(status) }
  );
}

function jsonRefusal(status: number, body: string): Refusal | undefined {
  const object = parseObject(body);
  if (object === undefined) return undefined;
  const text = (...keys: string[]) =>
    keys.map((key) => object[key]).find((value) => typeof value === "string" && value !== "") as
      | string
      | undefined;
  const code =
    text("error_code", "errorCode", "scimType") ??
    (text("error_description") === undefined ? undefined : text("error"));
  const numeric = typeof object["error_code"] === "number" ? nameOfStatus(object["error_code"]) : undefined;
  const errorCode = code ?? numeric ?? (text("detail") === undefined ? undefined : nameOfStatus(status));
  const message =
    text("message", "error_description", "errorSummary", "detail", "error") ?? statusText(status);
  return { status, message, ...(errorCode === undefined ? {} : { errorCode }) };
}

function plainRefusal(status: number, body: string): Refusal | undefined {
  const parts = /^\s*([A-Z][A-Z0-9_]+): (.+)$/su.exec(body);
  return parts === null ? undefined : { status, errorCode: parts[1] ?? "", message: (parts[2] ?? "").trim() };
}

function htmlRefusal(status: number, body: string): Refusal | undefined {
  const text =
    (/<pre>([\s\S]*?)<\/pre>/iu.exec(body) ?? /<title>([\s\S]*?)<\/title>/iu.exec(body))?.[1] ??
    (body.trimStart().startsWith("<") ? undefined : body);
  const message = text?.replace(/\s+/gu, " ").trim().slice(0, 500);
  return message === undefined || message === "" ? undefined : { status, message };
}

/** A code that is an HTTP status as a number: how the gateway answers 401 and 403. */
function nameOfStatus(code: number): string {
  const names: Readonly<Record<number, string>> = {
    400: "BAD_REQUEST",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
  };
  return names[code] ?? String(code);
}

function statusText(status: number): string {
  return STATUS_CODES[status] ?? `HTTP status ${status}`;
}

function parseObject(body: string): Record<string, unknown> | undefined {
  if (!body.trimStart().startsWith("{")) return undefined;
  try {
    return JSON.parse(body) as Record<string, unknown>;
  } catch {
    // Cut off or not JSON after all: the other shapes are tried.
    return undefined;
  }
}
