/** The rules of names, labels and required fields that every kind shares. */
import { at, isObject, type JsonObject } from "../object";
import type { Cause } from "../status";

const LABEL = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const SUBDOMAIN = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/;
const DNS_1035 = /^[a-z]([-a-z0-9]*[a-z0-9])?$/;
const QUALIFIED = /^([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]$/;

/** A single DNS label: namespaces, containers, ports. */
export function dnsLabel(name: string): string | null {
  if (name.length > 63) return "must be no more than 63 characters";
  return LABEL.test(name)
    ? null
    : "must be lower case letters, digits and '-', starting and ending with a letter or digit (DNS-1123 label)";
}

/** Dotted DNS labels: names of most objects. */
export function dnsSubdomain(name: string): string | null {
  if (name.length > 253) return "must be no more than 253 characters";
  return SUBDOMAIN.test(name)
    ? null
    : "must be lower case letters, digits, '-' or '.', starting and ending with a letter or digit (RFC 1123 subdomain)";
}

/** As dnsLabel, starting with a letter: names of Services. */
export function dnsLabel1035(name: string): string | null {
  if (name.length > 63) return "must be no more than 63 characters";
  return DNS_1035.test(name)
    ? null
    : "must be lower case letters, digits and '-', starting with a letter (DNS-1035 label)";
}

export function labelKeyProblem(text: string): string | null {
  const slash = text.indexOf("/");
  const prefix = slash < 0 ? null : text.slice(0, slash);
  const name = slash < 0 ? text : text.slice(slash + 1);
  if (prefix !== null && dnsSubdomain(prefix) !== null) return "prefix part must be a DNS subdomain";
  if (name === "" || name.length > 63 || !QUALIFIED.test(name)) {
    return "name part must be 1 to 63 letters, digits, '-', '_' or '.', starting and ending with a letter or digit";
  }
  return null;
}

export function labelValueProblem(text: string): string | null {
  return text === "" || (text.length <= 63 && QUALIFIED.test(text))
    ? null
    : "must be at most 63 letters, digits, '-', '_' or '.', starting and ending with a letter or digit";
}

export function required(field: string): Cause {
  return { reason: "FieldValueRequired", field, message: "Required value" };
}

export function bad(field: string, value: unknown, why: string): Cause {
  return { reason: "FieldValueInvalid", field, message: `Invalid value: ${JSON.stringify(value)}: ${why}` };
}

export function duplicate(field: string, value: unknown): Cause {
  return { reason: "FieldValueDuplicate", field, message: `Duplicate value: ${JSON.stringify(value)}` };
}

export function unsupported(field: string, value: unknown, allowed: readonly string[]): Cause {
  const list = allowed.map((one) => JSON.stringify(one)).join(", ");
  return {
    reason: "FieldValueNotSupported",
    field,
    message: `Unsupported value: ${JSON.stringify(value)}: supported values: ${list}`,
  };
}

/** One of the given strings, when it is there at all. */
export function oneOf(field: string, value: unknown, allowed: readonly string[]): Cause[] {
  return value === undefined || (typeof value === "string" && allowed.includes(value))
    ? []
    : [unsupported(field, value, allowed)];
}

export function labelCauses(field: string, labels: unknown): Cause[] {
  if (!isObject(labels)) return [];
  return Object.entries(labels).flatMap(([key, value]) => {
    const keyProblem = labelKeyProblem(key);
    const valueProblem = typeof value === "string" ? labelValueProblem(value) : "must be a string";
    return [
      ...(keyProblem === null ? [] : [bad(field, key, keyProblem)]),
      ...(valueProblem === null ? [] : [bad(field, value, valueProblem)]),
    ];
  });
}

/** Metadata of any object. */
export function metadataCauses(object: JsonObject, nameRule: (name: string) => string | null): Cause[] {
  const name = at(object, "metadata", "name");
  const annotations = at(object, "metadata", "annotations");
  const causes: Cause[] = [];
  if (typeof name !== "string" || name === "")
    causes.push({ ...required("metadata.name"), message: "Required value: name or generateName is required" });
  else {
    const problem = nameRule(name);
    if (problem !== null) causes.push(bad("metadata.name", name, problem));
  }
  causes.push(...labelCauses("metadata.labels", at(object, "metadata", "labels")));
  if (isObject(annotations)) {
    for (const key of Object.keys(annotations)) {
      const problem = labelKeyProblem(key.toLowerCase());
      if (problem !== null) causes.push(bad("metadata.annotations", key, problem));
    }
  }
  return causes;
}

export function portProblem(port: unknown): string | null {
  return typeof port === "number" && Number.isInteger(port) && port >= 1 && port <= 65535
    ? null
    : "must be between 1 and 65535, inclusive";
}
