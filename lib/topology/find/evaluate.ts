/**
 * Which nodes and edges an expression holds for. Every condition is true or false of each: a figure that is not measured makes it false.
 * Of an edge, what only nodes have is asked of both ends; of a node, what only edges have is the worst of the calls it receives.
 */
import { type Columns, edgeFigure, edgeFlag, edgeTexts, nodeFigure, nodeFlag, nodeTexts } from "./columns";
import type { Expression, FigureRelation, TextRelation } from "./expression";
import { FIELDS, type FigureName, type FlagName, type TextName } from "./fields";

/** By index of the topology's nodes and edges: 1 where it holds. */
export interface Holds {
  readonly nodes: Uint8Array;
  readonly edges: Uint8Array;
}

export function evaluate(expression: Expression, columns: Columns): Holds {
  switch (expression.op) {
    case "and":
    case "or":
      return expression.of.map((part) => evaluate(part, columns)).reduce(expression.op === "and" ? both : either);
    case "not":
      return inverse(evaluate(expression.of, columns));
    case "flag":
      return expression.flag === "mtls" ? mtls(columns, "yes") : flag(columns, expression.flag);
    case "figure":
      return figure(columns, expression);
    case "text":
      return expression.field === "mtls"
        ? negatedIf(expression.relation === "!=", mtls(columns, expression.value))
        : text(columns, { ...expression, field: expression.field });
  }
}

function both(a: Holds, b: Holds): Holds {
  return {
    nodes: a.nodes.map((bit, at) => bit & (b.nodes[at] ?? 0)),
    edges: a.edges.map((bit, at) => bit & (b.edges[at] ?? 0)),
  };
}

function either(a: Holds, b: Holds): Holds {
  return {
    nodes: a.nodes.map((bit, at) => bit | (b.nodes[at] ?? 0)),
    edges: a.edges.map((bit, at) => bit | (b.edges[at] ?? 0)),
  };
}

function inverse({ nodes, edges }: Holds): Holds {
  return { nodes: nodes.map((bit) => bit ^ 1), edges: edges.map((bit) => bit ^ 1) };
}

function negatedIf(negated: boolean, holds: Holds): Holds {
  return negated ? inverse(holds) : holds;
}

function bits(length: number, holds: (at: number) => boolean): Uint8Array {
  const found = new Uint8Array(length);
  for (let at = 0; at < length; at += 1) found[at] = holds(at) ? 1 : 0;
  return found;
}

/** What holds of nodes, and of edges at one of whose ends it does. */
function ofEnds({ source, target, edges }: Columns, nodes: Uint8Array): Holds {
  return { nodes, edges: bits(edges.length, (at) => nodes[source[at] ?? -1] === 1 || nodes[target[at] ?? -1] === 1) };
}

function flag(columns: Columns, name: Exclude<FlagName, "mtls">): Holds {
  const nodes = bits(columns.nodes.length, (at) => nodeFlag(columns, at, name));
  if (name === "problem") return ofEnds(columns, nodes);
  const { edges } = columns;
  return { nodes, edges: bits(edges.length, (at) => edges[at] !== undefined && edgeFlag(edges[at], name)) };
}

function mtls({ nodes, edges, worst }: Columns, value: string): Holds {
  const fits = (ratio: number | null | undefined) => {
    if (ratio === null || ratio === undefined || Number.isNaN(ratio)) return false;
    return value === "yes" ? ratio === 1 : value === "no" ? ratio < 1 : ratio > 0 && ratio < 1;
  };
  return {
    nodes: bits(nodes.length, (at) => fits(worst.mtls[at])),
    edges: bits(edges.length, (at) => fits(edges[at]?.mtlsRatio)),
  };
}

interface FigureCondition {
  readonly field: FigureName;
  readonly relation: FigureRelation;
  readonly value: number;
}

function figure(columns: Columns, { field, relation, value }: FigureCondition): Holds {
  const { edges, nodes } = columns;
  return {
    nodes: bits(nodes.length, (at) => compares(nodeFigure(columns, at, field), relation, value)),
    edges: bits(
      edges.length,
      (at) => edges[at] !== undefined && compares(edgeFigure(edges[at], field), relation, value),
    ),
  };
}

function compares(figure: number, relation: FigureRelation, value: number): boolean {
  switch (relation) {
    case ">":
      return figure > value;
    case ">=":
      return figure >= value;
    case "<":
      return figure < value;
    case "<=":
      return figure <= value;
    case "=":
      return figure === value;
    case "!=":
      return !Number.isNaN(figure) && figure !== value;
  }
}

interface TextCondition {
  readonly field: TextName;
  readonly relation: TextRelation;
  readonly value: string;
}

function text(columns: Columns, { field, relation, value }: TextCondition): Holds {
  const wanted = value.toLowerCase();
  const fits = (texts: readonly string[]) =>
    texts.some((each) => {
      const said = each.toLowerCase();
      return relation === "~" ? said.includes(wanted) : said === wanted;
    });
  const nodes = bits(columns.nodes.length, (at) => fits(nodeTexts(columns, at, field)));
  const holds = ofNodes(field)
    ? ofEnds(columns, nodes)
    : { nodes, edges: bits(columns.edges.length, (at) => fits(edgeTexts(columns, at, field))) };
  return negatedIf(relation === "!=", holds);
}

function ofNodes(name: TextName): boolean {
  return FIELDS.some((field) => field.name === name && field.ofNodes);
}

/** Whether an expression asks about calls, not only about what they join. */
export function asksOfCalls(expression: Expression): boolean {
  switch (expression.op) {
    case "and":
    case "or":
      return expression.of.some(asksOfCalls);
    case "not":
      return asksOfCalls(expression.of);
    case "flag":
      return expression.flag !== "problem";
    case "figure":
      return true;
    case "text":
      return FIELDS.some((field) => field.name === expression.field && !field.ofNodes);
  }
}
