import { expect, it } from "vitest";
import { protocolOf } from "./protocol";

it.each([
  [null, "", "http"],
  [null, "web", "http"],
  [null, "http-web", "http"],
  [null, "grpc", "grpc"],
  [null, "grpc-api", "grpc"],
  [null, "grpcapi", "http"],
  [null, "tcp-raw", "tcp"],
  [null, "tcp-server-first-db", "tcp-server-first"],
  ["tcp", "http-web", "tcp"],
  ["HTTP", "tcp-raw", "http"],
  ["mysql", "", "tcp-server-first"],
  ["https", "", "tcp"],
  ["kubernetes.io/h2c", "", "http"],
  ["example.com/own", "tcp-raw", "tcp"],
  ["example.com/own", "", "http"],
] as const)("appProtocol %s and name %s: %s", (appProtocol, name, expected) => {
  expect(protocolOf(appProtocol, name)).toBe(expected);
});
