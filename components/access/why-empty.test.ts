import { expect, test } from "vitest";
import type { Access } from "@/lib/contract/access";
import type { MatrixFilter } from "./matrix";
import { whyEmpty } from "./why-empty";

const all: MatrixFilter = { sources: "", destinations: "", show: "all", alsoIdle: false, namespaces: null };
const destination = { key: "a/b", namespace: "a", name: "b", protocol: "http" as const, identities: [], split: null };
const access: Access = {
  ...{
    at: 0,
    windowSeconds: 60,
    policyMode: "smi",
    identities: [],
    cells: [],
    policies: [],
    problems: [],
    partial: [],
  },
  destinations: [destination],
};

test.each<readonly [string, Partial<Access>, Partial<MatrixFilter>, RegExp]>([
  ["a text was typed", {}, { sources: "nobody" }, /named so. Clear the filters/],
  ["a text was typed among the denied", {}, { sources: "nobody", show: "denied" }, /with denied calls is named so/],
  ["no identity runs a pod", {}, {}, /No ServiceAccount runs a meshed pod.*Tick/],
  ["nothing was denied", {}, { show: "denied" }, /No call was denied within the 1m/],
  ["nobody may call", {}, { show: "filled" }, /Nobody may call anybody.*Choose All/],
  ["a permissive mesh has no calls", { policyMode: "permissive" }, { show: "filled" }, /^No calls within the 1m/],
  ["the scope holds nothing that runs", {}, { namespaces: new Set(["x"]) }, /chosen namespaces.*or tick/],
  ["the scope holds nothing", {}, { alsoIdle: true, namespaces: new Set(["x"]) }, /chosen namespaces/],
  ["there is no Service", { destinations: [] }, { sources: "x" }, /No Service is in the mesh/],
])("%s", (_, mesh, filter, said) => {
  expect(whyEmpty({ ...access, ...mesh }, { ...all, ...filter })).toMatch(said);
});
