import { STATUS_CODES } from "node:http";
import type { Socket } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { SECURITY_HEADERS } from "./access/headers.ts";
import { ServerError } from "./errors.ts";
import { problemOf, toProblem, urlTooLong } from "./problems.ts";
import type { MethodsOf } from "./routes/known-paths.ts";

/** Told of errors that nobody foresaw, with where they came from. */
export type OnUnexpected = (error: unknown, where: string) => void;

/** Makes every error of a route, and every address without a route, an answer in the one shape of errors. */
export function answerErrorsAsProblems(
  app: FastifyInstance,
  methodsOf: MethodsOf,
  onUnexpected: OnUnexpected,
): void {
  app.setErrorHandler((error, request, reply) => answer(error, request, reply, onUnexpected));
  // Before a body is read that nobody asked for.
  app.addHook("preParsing", async (request) => {
    if (request.is404) throw withoutRoute(request, methodsOf);
  });
  app.setNotFoundHandler(async (request) => {
    throw withoutRoute(request, methodsOf);
  });
}

function withoutRoute({ method, url }: FastifyRequest, methodsOf: MethodsOf): ServerError {
  const path = pathOf(url);
  const methods = methodsOf(path);
  // The router passes over a route whose parameter is too long, and may end at the page's.
  if (methods.includes(method)) return urlTooLong();
  if (methods.length === 0) return new ServerError("NOT_FOUND", `There is nothing at ${method} ${path}.`);
  return new ServerError("METHOD_NOT_ALLOWED", `${path} does not answer to ${method}.`, { allow: methods });
}

/** Answers with the problem that `error` is. Also for errors that are found before there is a route. */
export function answer(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  onUnexpected: OnUnexpected,
): FastifyReply {
  const problem = toProblem(error);
  if (problem.code === "INTERNAL") onUnexpected(error, `${request.method} ${request.url}`);
  if (problem.status === 401) reply.header("www-authenticate", "Bearer");
  if (error instanceof ServerError && error.allow.length > 0) reply.header("allow", error.allow.join(", "));
  if (error instanceof ServerError && error.retryAfter !== undefined)
    reply.header("retry-after", error.retryAfter);
  return reply
    .headers(SECURITY_HEADERS)
    .code(problem.status)
    .type("application/problem+json")
    .serializer(JSON.stringify)
    .send(problem);
}

/** Answers what is not HTTP, or came too slowly, on the bare connection: there is no request to reply to. */
export function answerUnreadable(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) return void socket.destroy();
  const problem = unreadable(error.code);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? "Error"}`,
    "content-type: application/problem+json",
    `content-length: ${Buffer.byteLength(body)}`,
    "connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}

function unreadable(code: string | undefined) {
  if (code === "HPE_HEADER_OVERFLOW")
    return problemOf(431, "HEADERS_TOO_LARGE", "The headers are larger than this server reads.");
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return problemOf(408, "REQUEST_TIMEOUT", "The request did not arrive in time.");
  return problemOf(400, "BAD_REQUEST", "What was sent is not an HTTP request.");
}

/** The path of a request's address, as it was sent. */
export function pathOf(url: string): string {
  return url.split(/[?#]/u)[0] ?? url;
}
