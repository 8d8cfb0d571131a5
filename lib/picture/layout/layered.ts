/** The maths both levels of the flow layout share: ranks from left to right, order within a rank, places without overlap. */

export interface Link {
  readonly from: string;
  readonly to: string;
}

/**
 * The column of each id: callers left of callees. Links that would close a cycle are left out: the ids are walked in their order, those
 * nothing calls first, so the result depends on nothing else.
 */
export function ranks(ids: readonly string[], links: readonly Link[]): ReadonlyMap<string, number> {
  const out = new Map<string, string[]>(ids.map((id) => [id, []]));
  const called = new Set<string>();
  for (const { from, to } of links) {
    if (from === to || !out.has(to)) continue;
    out.get(from)?.push(to);
    called.add(to);
  }
  const order: string[] = [];
  const state = new Map<string, "open" | "done">();
  const forward = new Map<string, string[]>();
  function visit(start: string): void {
    // An explicit stack: a chain of thousands of services must not overflow.
    const stack: { id: string; next: number }[] = [{ id: start, next: 0 }];
    state.set(start, "open");
    while (stack.length > 0) {
      const top = stack[stack.length - 1];
      if (!top) break;
      const to = out.get(top.id)?.[top.next];
      top.next += 1;
      if (to === undefined) {
        state.set(top.id, "done");
        order.push(top.id);
        stack.pop();
      } else if (state.get(to) !== "open") {
        forward.set(top.id, [...(forward.get(top.id) ?? []), to]);
        if (!state.has(to)) {
          state.set(to, "open");
          stack.push({ id: to, next: 0 });
        }
      }
    }
  }
  for (const id of [...ids.filter((each) => !called.has(each)), ...ids]) if (!state.has(id)) visit(id);

  const rank = new Map<string, number>(ids.map((id) => [id, 0]));
  for (const id of order.reverse()) {
    for (const to of forward.get(id) ?? []) rank.set(to, Math.max(rank.get(to) ?? 0, (rank.get(id) ?? 0) + 1));
  }
  return rank;
}

/** Groups ids by rank, each in the order given. Empty ranks are closed up. */
export function columnsOf(ids: readonly string[], rank: ReadonlyMap<string, number>): string[][] {
  const columns: string[][] = [];
  for (const id of ids) {
    const at = rank.get(id) ?? 0;
    columns[at] = [...(columns[at] ?? []), id];
  }
  return columns.filter((column) => column !== undefined);
}

/** Orders each column by the mean place of its neighbours, a few times to and fro. Ties keep their order. */
export function reduceCrossings(columns: string[][], links: readonly Link[]): void {
  const neighbours = new Map<string, string[]>();
  const join = (a: string, b: string) => neighbours.set(a, [...(neighbours.get(a) ?? []), b]);
  for (const { from, to } of links) {
    join(from, to);
    join(to, from);
  }
  const place = new Map<string, number>();
  const remember = (column: readonly string[]) =>
    column.forEach((id, index) => {
      place.set(id, index - (column.length - 1) / 2);
    });
  columns.forEach(remember);
  for (let sweep = 0; sweep < 4; sweep += 1) {
    for (const column of sweep % 2 === 0 ? columns : [...columns].reverse()) {
      const weight = new Map(column.map((id) => [id, mean(neighbours.get(id) ?? [], place) ?? place.get(id) ?? 0]));
      column.sort((a, b) => (weight.get(a) ?? 0) - (weight.get(b) ?? 0));
      remember(column);
    }
  }
}

/** Mean of the places that are known; null when none is. */
export function mean(ids: readonly string[], place: ReadonlyMap<string, number>): number | null {
  const known = ids.map((id) => place.get(id)).filter((value) => value !== undefined);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}

export interface Span {
  readonly size: number;
  readonly wanted: number;
}

/** Centres as near to the wanted ones as order and gaps allow: neighbours that collide move as one block. */
export function settle(spans: readonly Span[], gap: number): readonly number[] {
  interface Block {
    first: number;
    count: number;
    offsetSum: number;
    length: number;
  }
  const blocks: Block[] = [];
  spans.forEach((span, index) => {
    blocks.push({ first: index, count: 1, offsetSum: span.wanted - span.size / 2, length: span.size });
    for (;;) {
      const last = blocks.at(-1);
      const before = blocks.at(-2);
      if (!last || !before || before.offsetSum / before.count + before.length + gap <= last.offsetSum / last.count)
        break;
      // The later block starts `length + gap` further on: its wish in terms of the earlier block's start.
      before.offsetSum += last.offsetSum - last.count * (before.length + gap);
      before.count += last.count;
      before.length += gap + last.length;
      blocks.pop();
    }
  });
  const centres: number[] = [];
  for (const block of blocks) {
    let at = block.offsetSum / block.count;
    for (let index = block.first; index < block.first + block.count; index += 1) {
      const size = spans[index]?.size ?? 0;
      centres.push(at + size / 2);
      at += size + gap;
    }
  }
  return centres;
}
