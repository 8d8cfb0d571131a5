/** Frames as figures of a picture on the screen: worked out which edges go where once, then only added up, frame by frame. */
import type { Picture } from "@/components/graph/picture";
import type { DrawnFigures } from "@/lib/picture/picture";
import type { FrameSet } from "@/lib/topology/frames";

/** An idle connection weighs a little, so that one in plaintext is not lost among busy ones. */
const IDLE_WEIGHT = 0.01;

export class PictureFrames {
  readonly #set: FrameSet;
  readonly #picture: Picture;
  /** Rows of the topology's edges that each picture edge sums, one list after the other; `#starts` says where each begins. */
  readonly #rows: Int32Array;
  readonly #starts: Int32Array;
  /** By row of the topology's edges: positions of their ends in the picture; -1 for none. */
  readonly #from: Int32Array;
  readonly #to: Int32Array;
  /** By position in the picture: the row of the node it stands for; -1 for none. */
  readonly #nodeRows: Int32Array;
  /** Two, taken in turns: a view tells new figures from the ones it has by identity. */
  readonly #buffers: readonly [DrawnFigures, DrawnFigures];
  #turn: 0 | 1 = 0;

  constructor(set: FrameSet, picture: Picture) {
    this.#set = set;
    this.#picture = picture;
    const rowOf = new Map(set.edges.map(({ id }, row) => [id, row]));
    const rows: number[] = [];
    this.#starts = new Int32Array(picture.edges.length + 1);
    picture.edges.forEach(({ calls }, index) => {
      for (const id of calls) {
        const row = rowOf.get(id);
        if (row !== undefined) rows.push(row);
      }
      this.#starts[index + 1] = rows.length;
    });
    this.#rows = Int32Array.from(rows);
    const position = new Map(picture.nodes.map(({ id }, index) => [id, index]));
    const shown = set.nodes.map(({ id }) => position.get(picture.shownAs.get(id) ?? id) ?? -1);
    this.#from = Int32Array.from(set.edges, ({ source }) => shown[source] ?? -1);
    this.#to = Int32Array.from(set.edges, ({ target }) => shown[target] ?? -1);
    const nodeRow = new Map(set.nodes.map(({ id }, row) => [id, row]));
    this.#nodeRows = Int32Array.from(picture.nodes, ({ id }) => nodeRow.get(id) ?? -1);
    this.#buffers = [emptyFigures(picture), emptyFigures(picture)];
  }

  /** The figures of a frame. They are written over by the call after the next one. */
  at(frame: number): DrawnFigures {
    this.#turn = this.#turn === 0 ? 1 : 0;
    const figures = this.#buffers[this.#turn];
    this.#fillEdges(figures.edges, frame);
    this.#fillNodes(figures.nodes, frame);
    return figures;
  }

  #fillEdges(edges: DrawnFigures["edges"], frame: number): void {
    for (let index = 0; index < this.#picture.edges.length; index += 1) {
      const from = this.#starts[index] ?? 0;
      const to = this.#starts[index + 1] ?? 0;
      if (to - from === 1) this.#copyEdge(edges, { index, row: this.#rows[from] ?? 0, frame });
      else this.#sumEdges(edges, { index, rows: this.#rows.subarray(from, to), frame });
    }
  }

  #copyEdge(edges: DrawnFigures["edges"], at: { index: number; row: number; frame: number }): void {
    const { index, row, frame } = at;
    const columns = this.#set.edgeColumns;
    // What was refused counts as no call, as everywhere: the calls that came back were all refusals.
    const denied = columns.denied.at(row, frame) === 1;
    edges.requestsPerSecond[index] = denied ? 0 : columns.requestsPerSecond.at(row, frame);
    edges.errorRatio[index] = columns.errorRatio.at(row, frame);
    edges.deniedPerSecond[index] = columns.deniedPerSecond.at(row, frame);
    edges.mtlsRatio[index] = columns.mtlsRatio.at(row, frame);
    edges.p50Ms[index] = columns.p50Ms.at(row, frame);
    edges.p95Ms[index] = columns.p95Ms.at(row, frame);
    edges.p99Ms[index] = columns.p99Ms.at(row, frame);
  }

  /** As a folded edge is summed everywhere: ratios and percentiles weighted by rate. */
  #sumEdges(edges: DrawnFigures["edges"], at: { index: number; rows: Int32Array; frame: number }): void {
    const { index, rows, frame } = at;
    const columns = this.#set.edgeColumns;
    let requests = rows.length === 0 ? Number.NaN : 0;
    let denied = requests;
    for (const row of rows) {
      requests += columns.requestsPerSecond.at(row, frame);
      denied += columns.deniedPerSecond.at(row, frame);
    }
    edges.requestsPerSecond[index] = requests;
    edges.deniedPerSecond[index] = denied;
    for (const name of ["errorRatio", "p50Ms", "p95Ms", "p99Ms"] as const) edges[name][index] = this.#mean(name, at, 0);
    edges.mtlsRatio[index] = this.#mean("mtlsRatio", at, IDLE_WEIGHT);
  }

  #mean(
    name: "errorRatio" | "mtlsRatio" | "p50Ms" | "p95Ms" | "p99Ms",
    { rows, frame }: { rows: Int32Array; frame: number },
    least: number,
  ): number {
    const columns = this.#set.edgeColumns;
    let total = 0;
    let weights = 0;
    let whole = true;
    for (const row of rows) {
      const value = columns[name].at(row, frame);
      if (Number.isNaN(value)) continue;
      const weight = columns.requestsPerSecond.at(row, frame) + least;
      total += value * weight;
      weights += weight;
      whole &&= value === 1;
    }
    if (weights === 0) return Number.NaN;
    // Adding up must not make less than one of ones.
    return whole ? 1 : total / weights;
  }

  #fillNodes(nodes: DrawnFigures["nodes"], frame: number): void {
    const { edgeColumns, nodeColumns, measured } = this.#set;
    const nothing = measured[frame] === 1 ? 0 : Number.NaN;
    for (const column of Object.values(nodes)) column.fill(nothing);
    for (let row = 0; row < this.#from.length; row += 1) {
      const calls = edgeColumns.requestsPerSecond.at(row, frame);
      add(nodes.outPerSecond, this.#from[row] ?? -1, calls);
      const to = this.#to[row] ?? -1;
      add(nodes.inPerSecond, to, calls);
      add(nodes.errorRatio, to, calls === 0 ? 0 : calls * edgeColumns.errorRatio.at(row, frame));
      add(nodes.deniedPerSecond, to, edgeColumns.deniedPerSecond.at(row, frame));
    }
    for (let index = 0; index < this.#nodeRows.length; index += 1) {
      const row = this.#nodeRows[index] ?? -1;
      const received = row < 0 ? Number.NaN : nodeColumns.receivedPerSecond.at(row, frame);
      if (received > 0) {
        add(nodes.inPerSecond, index, received);
        add(nodes.errorRatio, index, received * nodeColumns.receivedErrorRatio.at(row, frame));
      }
      // Until here failed calls were counted in its place.
      const total = nodes.inPerSecond[index] ?? 0;
      nodes.errorRatio[index] = total > 0 ? (nodes.errorRatio[index] ?? 0) / total : Number.NaN;
    }
  }
}

function add(column: Float32Array, index: number, value: number): void {
  if (index >= 0) column[index] = (column[index] ?? 0) + value;
}

function emptyFigures({ nodes, edges }: Picture): DrawnFigures {
  const edge = () => new Float32Array(edges.length);
  const node = () => new Float32Array(nodes.length);
  return {
    edges: {
      requestsPerSecond: edge(),
      errorRatio: edge(),
      deniedPerSecond: edge(),
      mtlsRatio: edge(),
      p50Ms: edge(),
      p95Ms: edge(),
      p99Ms: edge(),
    },
    nodes: { inPerSecond: node(), outPerSecond: node(), errorRatio: node(), deniedPerSecond: node() },
  };
}
