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
const account = (namespace: string, name: string) => ({
  ...{ key: `${namespace}/${name}`, namespace, serviceAccount: name, spiffeId: "", workloads: [] },
});
const grant = { policy: "p", route: null, ports: [], requestsPerSecond: null };
const granting = {
  ...{ namespace: "a", name: "t", apiVersion: "", resourceVersion: "", sources: ["a/x"], destination: "a/b" },
  ...{ grants: [grant], requestsPerSecond: null, lastUsedAt: null, problems: [], managedBy: null },
  object: { apiVersion: "", kind: "TrafficTarget", metadata: { name: "t" } },
};
const idle = { identities: [account("a", "x")] };
const unmeasured = { partial: [{ part: "metrics" as const, message: "", hint: "", lastGoodAt: null }] };

test.each<readonly [string, Partial<Access>, Partial<MatrixFilter>, RegExp]>([
  ["a text was typed", {}, { sources: "nobody" }, /named so. Clear the filters/],
  ["a text was typed among the denied", {}, { sources: "nobody", show: "denied" }, /with denied calls is named so/],
  ["there is no ServiceAccount", {}, {}, /^No ServiceAccount is in the mesh/],
  ["no pod runs, and nobody has access", idle, {}, /^No pod of the mesh runs\. Start .*tick/],
  [
    "accounts have access but no pod",
    { ...idle, policies: [granting] },
    {},
    /^1 TrafficTarget grants access, but no pod/,
  ],
  ["a text was typed of what runs nothing", idle, { sources: "a/x" }, /runs nothing.*Tick/],
  [
    "a text was typed of what is elsewhere",
    idle,
    { sources: "a/x", alsoIdle: true, namespaces: new Set(["x"]) },
    /named so is not in the chosen namespaces/,
  ],
  ["nothing was denied", {}, { show: "denied" }, /No call was denied within the 1m/],
  ["it is not known what was denied", unmeasured, { show: "denied" }, /^Not known: calls could not be measured.*All/],
  ["nobody may call", {}, { show: "filled" }, /^No TrafficTarget in force.*no call was made.*Choose All/],
  ["nobody may call, and no figure is there", unmeasured, { show: "filled" }, /and calls could not be measured/],
  [
    "access leads to what has no pod",
    { policies: [granting, granting] },
    { show: "filled" },
    /^2 TrafficTargets grant access, but no pod answers.*Start/,
  ],
  ["a permissive mesh has no calls", { policyMode: "permissive" }, { show: "filled" }, /^No calls within the 1m/],
  ["a permissive mesh was not measured", { policyMode: "permissive", ...unmeasured }, { show: "filled" }, /^Not known/],
  ["the scope holds nothing that runs", idle, { namespaces: new Set(["a"]) }, /chosen namespaces.*or tick/],
  [
    "the scope holds callers and no Service",
    { identities: [account("x", "x")] },
    { alsoIdle: true, namespaces: new Set(["x"]) },
    /^No Service is in the chosen namespaces/,
  ],
  ["the scope holds Services alone", {}, { namespaces: new Set(["a"]) }, /^No ServiceAccount is in the chosen/],
  [
    "the scope holds nothing",
    {},
    { alsoIdle: true, namespaces: new Set(["x"]) },
    /^Nothing is in the chosen namespaces/,
  ],
  ["there is no Service", { destinations: [] }, { sources: "x" }, /No Service is in the mesh/],
])("%s", (_, mesh, filter, said) => {
  expect(whyEmpty({ ...access, ...mesh }, { ...all, ...filter })).toMatch(said);
});
