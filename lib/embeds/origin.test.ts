import { expect, test } from "vitest";
import { originProblem } from "./origin";

test.each([
  "https://wiki.example.com",
  "https://wiki.example.com:8443",
  "http://localhost:3000",
  "http://127.0.0.1:9000",
  "http://[::1]:81",
])("%s may frame", (origin) => {
  expect(originProblem(origin)).toBeNull();
});
test.each([
  ["http://wiki.example.com", "https://"],
  ["https://wiki.example.com/", "without path"],
  ["https://wiki.example.com/page", "without path"],
  ["https://user@wiki.example.com", "without path"],
  ["https://wiki.example.com; frame-ancestors *", "origin"],
  ["https://*.example.com", "origin"],
  ["javascript:alert(1)", "must"],
  ["https://a.example;frame-ancestors", "one site"],
  ["https://a.example,b", "one site"],
  ["*", "origin"],
  ["", "origin"],
])("%s may not: %s", (text, words) => {
  expect(originProblem(text)).toContain(words);
});
