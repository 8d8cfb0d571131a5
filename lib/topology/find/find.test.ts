import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Topology } from "@/lib/contract/topology";
import { buildTopology } from "@/lib/topology/build";
import { bookstoreTopology, callEdge, serviceNode, workloadNode } from "@/test/fixtures/topology";
import { BOOKSTORE, modelOf } from "@/test/support/bookstore-mesh";
import { encrypted, samplesOf } from "@/test/support/mesh-samples";
import { columnsOf } from "./columns";
import { suggestionsFor, vocabularyOf } from "./complete";
import { evaluate } from "./evaluate";
import { type Expression, printExpression } from "./expression";
import { find } from "./find";
import { parseFind } from "./parse";

const topology = buildTopology({
  model: modelOf(BOOKSTORE),
  objects: BOOKSTORE,
  samples: samplesOf(
    [
      {
        from: "bookbuyer/bookbuyer",
        cluster: "bookstore/bookstore-v1|14001",
        classes: { "2": 19, "5": 1 },
        connections: encrypted(1),
        buckets: { "100": 10, "500": 20, "+Inf": 20 },
      },
      {
        from: "bookbuyer/bookbuyer",
        cluster: "bookstore/bookstore-v2|14001",
        classes: { "2": 5 },
        connections: { openedTotal: 1, failedTotal: 0, handshakesTotal: 0 },
      },
    ],
    [{ from: "bookthief/bookthief", to: "bookstore/bookstore", perSecond: 4 }],
  ),
  at: 0,
  windowSeconds: 30,
  queries: { count: 4, ms: 1 },
  partial: [],
});

function found(text: string) {
  const result = find(topology, text);
  if (!result.ok) throw new Error(result.message);
  return result;
}

/** Names of the services the found edges lead to, with their callers. */
function edges(text: string): readonly string[] {
  return [...(found(text).edges ?? [])].map((id) => id.replace(/[^/>]+\/(deployment|service)\//g, ""));
}

const nodes = (text: string): readonly string[] => [...(found(text).nodes ?? [])];

describe("find", () => {
  it("seeks nothing in an empty search", () =>
    expect(find(topology, " ")).toEqual({ ok: true, nodes: null, edges: null, ends: new Set() }));

  it("finds nodes by name and namespace, whatever the case", () => {
    const warehouse = ["bookwarehouse/deployment/bookwarehouse", "bookwarehouse/service/bookwarehouse"];
    expect(nodes("WAREHOUSE")).toEqual(warehouse);
    expect(nodes("ns:bookware stock")).toEqual(["bookwarehouse/deployment/stockdb", "bookwarehouse/service/stockdb"]);
    expect(nodes("namespace = bookwarehouse and not stockdb")).toEqual(warehouse);
    expect(nodes("ns = bookware")).toEqual([]);
    expect(nodes("identity = bookwarehouse/bookwarehouse and kind=deployment")).toEqual([warehouse[0]]);
  });

  it.each([
    ["errors>1%", ["bookbuyer>bookstore-v1"]],
    ["errors >= 5", ["bookbuyer>bookstore-v1"]],
    ["errors>5%", []],
    ["rate > 10", ["bookbuyer>bookstore-v1"]],
    ["rate<=5/s rate>0", ["bookbuyer>bookstore-v2"]],
    ["rate >= 300/min and rate<20", ["bookbuyer>bookstore-v2"]],
    ["p99>0.4s", ["bookbuyer>bookstore-v1"]],
    ["latency > 250 ms", ["bookbuyer>bookstore-v1"]],
    ["p99<400ms", []],
    ["denied", ["bookthief>bookstore"]],
    ["denied and from = bookthief", ["bookthief>bookstore"]],
    ["to = bookstore-v1 and not denied", ["bookbuyer>bookstore-v1"]],
    ["mtls:no", ["bookbuyer>bookstore-v2"]],
    ["mtls", ["bookbuyer>bookstore-v1"]],
    ["mtls != no and rate > 0", ["bookbuyer>bookstore-v1"]],
    ["idle stockdb", ["bookwarehouse>stockdb"]],
    ["protocol = tcp", ["bookwarehouse>stockdb"]],
    ["split = bookstore and rate > 0", ["bookbuyer>bookstore-v1", "bookbuyer>bookstore-v2"]],
    ["denied bookbuyer", []],
    ["denied or (errors > 1% and not (mtls = no or p50 > 1s))", ["bookbuyer>bookstore-v1", "bookthief>bookstore"]],
    ["errors > 1% && bookbuyer || !allowed and denied", ["bookbuyer>bookstore-v1", "bookthief>bookstore"]],
  ])("finds edges by %s", (text, expected) => expect(edges(text)).toEqual(expected));

  it("shows a call with its ends, a name alone", () => {
    expect([...found("denied").ends]).toEqual(["bookthief/deployment/bookthief", "bookstore/service/bookstore"]);
    expect(found("bookstore").ends.size).toBe(0);
  });

  it("finds who is refused and who refuses, not the other services of the same workload", () => {
    const names = nodes("denied").map((id) => id.split("/").slice(1).join("/"));
    expect(names).toEqual(["service/bookstore", "deployment/bookthief"]);
  });

  it("takes a quoted text as a name, even when it says a flag", () => {
    expect(nodes('"denied"')).toEqual([]);
    expect(nodes("'stockdb'")).toEqual(nodes("stockdb"));
  });
});

describe("what cannot be read", () => {
  it.each([
    ["erors>1%", 0, "erors", 'Position 1: nothing is called "erors"; here could stand errors.'],
    [
      "errors>many",
      7,
      "many",
      'Position 8: errors is compared with a number, "many" is none; here could stand a number in %',
    ],
    [
      "p99>5%",
      4,
      "5%",
      'Position 5: p99 is compared with a number, "5%" is none; here could stand a number in ms, s or us',
    ],
    ["mtls = perhaps", 7, "perhaps", 'Position 8: mtls is never "perhaps"; here could stand yes, no or partly.'],
    [
      "rate ~ 5",
      5,
      "~",
      'Position 6: "~" does not compare rate, which is a figure; here could stand >, >=, <, <=, = or !=.',
    ],
    ["rate 5", 5, "5", 'Position 6: "rate" needs a relation before "5"; here could stand >, '],
    ["ns:", 3, "", "Position 4: namespace : needs a value; here could stand a text."],
    ["(denied or idle", 15, "", 'Position 16: the "(" at position 1 is not closed; here could stand ), and or or.'],
    ["denied)", 6, ")", 'Position 7: ")" closes nothing; here could stand and, or or the end.'],
    ["denied and", 10, "", "Position 11: the search ends too early; here could stand a name, a condition, not or (."],
    ["> 5", 0, ">", 'Position 1: ">" cannot stand here'],
    ['name = "book', 7, '"book', 'Position 8: the text that begins here has no closing "'],
  ])("says of %s where and what", (text, from, token, message) => {
    const result = find(topology, text);
    expect(result).toMatchObject({ ok: false, from, token });
    expect(result.ok ? "" : result.message).toContain(message);
  });

  it("is no reason to fail, whatever is written", () => {
    const pieces = [
      "(",
      ")",
      "not ",
      "and ",
      '"',
      "'",
      "\\",
      ">",
      "~",
      "errors",
      " 1%",
      "p99",
      "ns:",
      "\u0000",
      "é",
      "__proto__",
    ];
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(fc.constantFrom(...pieces)).map((each) => each.join("")),
        ),
        (text) => {
          const result = find(topology, text);
          if (result.ok) return;
          expect(result.from).toBeGreaterThanOrEqual(0);
          expect(result.to).toBeLessThanOrEqual(text.length);
        },
      ),
    );
    for (const text of ["(".repeat(1900), "not ".repeat(480), "x".repeat(5000)])
      expect(find(topology, text).ok).toBe(false);
  });
});

const figure = fc.record({
  op: fc.constant("figure" as const),
  field: fc.constantFrom("rate", "errors", "denied", "p50", "p95", "p99"),
  relation: fc.constantFrom(">", ">=", "<", "<=", "=", "!="),
  value: fc.oneof(fc.nat(30), fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map(Math.abs)),
});
const text = fc.record({
  op: fc.constant("text" as const),
  field: fc.constantFrom("name", "namespace", "version", "kind", "identity", "protocol", "split", "from", "to"),
  relation: fc.constantFrom("=", "!=", "~"),
  value: fc.oneof(fc.constantFrom("a", "b", "ns-1", "http", "service"), fc.string()),
});
const choice = fc.record({
  op: fc.constant("text" as const),
  field: fc.constant("mtls" as const),
  relation: fc.constantFrom("=", "!="),
  value: fc.constantFrom("yes", "no", "partly"),
});
const flag = fc.record({
  op: fc.constant("flag" as const),
  flag: fc.constantFrom("idle", "problem", "allowed", "denied", "errors", "split", "mtls"),
});
const expressions = fc.letrec<{ any: Expression }>((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    flag,
    figure,
    text,
    choice,
    fc.record({ op: fc.constant("not" as const), of: tie("any") }),
    fc.record({ op: fc.constantFrom("and", "or"), of: fc.array(tie("any"), { minLength: 2, maxLength: 4 }) }),
  ) as fc.Arbitrary<Expression>,
})).any;

const ratio = fc.option(fc.constantFrom(0, 0.01, 0.5, 1), { nil: null });
const topologies: fc.Arbitrary<Topology> = fc
  .tuple(
    fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1 }),
    fc.array(
      fc.record({ from: fc.nat(5), to: fc.nat(5), rate: fc.nat(30), denied: fc.nat(3), errors: ratio, mtls: ratio }),
      {
        maxLength: 12,
      },
    ),
  )
  .map(([names, calls]) => ({
    ...bookstoreTopology(0),
    nodes: names.flatMap((name, at) => [
      serviceNode(`ns-${at % 2}`, name, { inPerSecond: at, problems: at % 3 }),
      workloadNode(`ns-${at % 2}`, name, { version: at % 2 ? "v1" : null }),
    ]),
    edges: calls.map(({ from, to, rate, denied, errors, mtls }) => {
      const [source, target] = [from % names.length, to % names.length];
      return callEdge(`ns-${source % 2}/deployment/${names[source]}`, `ns-${target % 2}/service/${names[target]}`, {
        requestsPerSecond: rate,
        deniedPerSecond: denied,
        errorRatio: errors,
        mtlsRatio: mtls,
      });
    }),
  }));

describe("an expression", () => {
  it("reads back as it is printed", () => {
    fc.assert(
      fc.property(expressions, (expression) => {
        expect(parseFind(printExpression(expression))).toEqual({ ok: true, expression });
      }),
    );
  });

  it("obeys de Morgan on any topology", () => {
    fc.assert(
      fc.property(topologies, expressions, expressions, (mesh, a, b) => {
        const columns = columnsOf(mesh);
        const not = (of: Expression): Expression => ({ op: "not", of });
        for (const [op, dual] of [
          ["and", "or"],
          ["or", "and"],
        ] as const) {
          expect(evaluate(not({ op, of: [a, b] }), columns)).toEqual(
            evaluate({ op: dual, of: [not(a), not(b)] }, columns),
          );
        }
        expect(evaluate(not(not(a)), columns)).toEqual(evaluate(a, columns));
      }),
    );
  });
});

describe("suggestions", () => {
  const vocabulary = vocabularyOf(topology);
  const at = (typed: string) => suggestionsFor(typed, typed.length, vocabulary).map((each) => each.text);

  it("are what fits where the caret is", () => {
    expect(at("")).toContain("denied");
    expect(at("err")).toEqual(["errors"]);
    expect(at("latency")).toContain("p95");
    expect(at("errors ")).toEqual([">", ">=", "<", "<=", "=", "!=", "and", "or"]);
    expect(at("ns = bookw")).toEqual(["bookwarehouse"]);
    expect(at("errors > 1% ")).toEqual(["and", "or"]);
    expect(at("(denied ")).toContain(")");
    expect(at("not bookst")).toContain("bookstore-v1");
    expect(at("nonsense = ")).toEqual([]);
    expect(at('"open')).toEqual([]);
  });

  it("take the place of the word that is being written", () => {
    const [first] = suggestionsFor("denied and err and idle", 14, vocabulary);
    expect(first).toMatchObject({ text: "errors", from: 11, to: 14 });
  });
});
