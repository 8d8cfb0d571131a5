/** Which calls a reader wants. Made once into a test, so that a thousand calls cost a few milliseconds. */
import type { Call, CallFilter } from "@/lib/contract/calls";

type Outcome = Pick<Call, "denied" | "status" | "protocol"> & { readonly flags: readonly string[] };

export type CallTest = (call: Call) => boolean;

/** The test for a filter; without parts it lets every call through. */
export function callTest(filter: CallFilter): CallTest {
  const tests = testsOf(filter);
  return (call) => tests.every((test) => test(call));
}

/** Answered 500 or worse, or never answered, and not refused by policy. */
export function isFailed(call: Outcome): boolean {
  if (call.denied) return false;
  return call.protocol === "tcp"
    ? call.flags.some((flag) => flag !== "DC")
    : (call.status ?? 0) >= 500 || call.status === 0;
}

/** Answered 400 or worse or not at all: every one of these is told, the others are sampled. */
export function isNotable(call: Outcome): boolean {
  return call.denied || isFailed(call) || (call.status ?? 0) >= 400;
}

function testsOf(filter: CallFilter): CallTest[] {
  const tests: CallTest[] = [];
  const { about, source, destination, method, path, status, denied, failed, protocol, text } = filter;
  if (about !== undefined) tests.push(aboutTest(about));
  if (source !== undefined) tests.push(namesTest(source, (call) => [call.sourceWorkload, call.sourceIdentity]));
  if (destination !== undefined) {
    tests.push(namesTest(destination, (call) => [call.destinationService, call.destinationIdentity]));
  }
  if (method !== undefined) tests.push(({ method: used }) => used === method.toUpperCase());
  if (path !== undefined) tests.push(pathTest(path));
  if (status !== undefined) tests.push(statusTest(status));
  if (denied !== undefined) tests.push((call) => call.denied === (denied === "true"));
  if (failed !== undefined) tests.push((call) => isFailed(call) === (failed === "true"));
  if (protocol !== undefined) tests.push((call) => call.protocol === protocol);
  if (text !== undefined) tests.push(textTest(text));
  return tests;
}

/** A node id `ns/kind/name` of a service also stands for its key, and the other way round. */
function aboutTest(about: string): CallTest {
  const [namespace, kind, name] = about.split("/");
  const key = kind === "service" && name !== undefined ? `${namespace}/${name}` : about;
  return (call) =>
    call.destinationService === key ||
    call.sourceWorkload === about ||
    call.workload === about ||
    call.sourceIdentity === about ||
    call.destinationIdentity === about;
}

function namesTest(wanted: string, names: (call: Call) => readonly (string | null)[]): CallTest {
  const lower = wanted.toLowerCase();
  return (call) => names(call).some((name) => name?.toLowerCase().includes(lower));
}

function pathTest(wanted: string): CallTest {
  if (!wanted.includes("*")) return ({ path }) => path?.includes(wanted) ?? false;
  const parts = wanted.split("*");
  return ({ path }) => path !== null && globFits(path.split("?", 1)[0] ?? "", parts);
}

/** Literal parts in their order, the first at the beginning and the last at the end. Linear: patterns are not trusted. */
function globFits(text: string, parts: readonly string[]): boolean {
  const first = parts[0] ?? "";
  const last = parts.at(-1) ?? "";
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  let from = first.length;
  const end = text.length - last.length;
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, from);
    if (found < 0 || found + part.length > end) return false;
    from = found + part.length;
  }
  return true;
}

function statusTest(wanted: string): CallTest {
  if (/xx$/i.test(wanted)) {
    const hundreds = Number(wanted[0]);
    return ({ status }) => status !== null && Math.floor(status / 100) === hundreds;
  }
  const exact = Number(wanted);
  return ({ status }) => status === exact;
}

function textTest(wanted: string): CallTest {
  const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
  return (call) => {
    const said = [
      call.sourceWorkload,
      call.sourceIdentity,
      call.destinationService,
      call.destinationIdentity,
      call.method,
      call.path,
      call.status,
      call.details,
      call.policy,
      call.flags.join(" "),
    ]
      .join(" ")
      .toLowerCase();
    return words.every((one) => said.includes(one));
  };
}
