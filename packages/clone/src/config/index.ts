export * from "./request-file.ts";
