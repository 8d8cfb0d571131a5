import { expect, test } from "vitest";
import { checked } from "#contract";
import { ApiError } from "./api-error";

test("in tests what the server says is held against the contract of its route", () => {
  const at = { at: 1, status: "ok", version: "0.1.0", meshName: "osm", parts: [] };
  expect(checked("health", at)).toEqual(at);
  expect(() => checked("health", { ...at, status: "splendid" })).toThrow(ApiError);
  expect(() => checked("health", { ...at, status: "splendid" })).toThrow(/contract of health: status /);
});

test("events of the streams have contracts of their own", () => {
  expect(checked("stream heartbeat", { at: 1 })).toEqual({ at: 1 });
  expect(() => checked("stream changed", { resources: ["pods"] })).toThrow(/contract of stream changed/);
  expect(() => checked("calls calls", {})).toThrow(/contract of calls calls/);
});
