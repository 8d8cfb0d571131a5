/** What is wrong with a search, said so that it can be put right. */
import type { Token } from "./token";

/** What cannot be read, where, and what could stand there instead. */
export interface FindError {
  readonly ok: false;
  /** A sentence with the position and the token in it. */
  readonly message: string;
  /** Where the token begins and ends, in UTF-16 units from 0. */
  readonly from: number;
  readonly to: number;
  readonly token: string;
  /** What could stand there. */
  readonly expected: readonly string[];
}

interface Fault {
  readonly at: Pick<Token, "from" | "to" | "text">;
  readonly why: string;
  readonly expected?: readonly string[];
}

export function failed({ at, why, expected = [] }: Fault): FindError {
  const could = expected.length === 0 ? "" : `; here could stand ${orList(expected)}`;
  return {
    ok: false,
    message: `Position ${at.from + 1}: ${why}${could}.`,
    from: at.from,
    to: at.to,
    token: at.text,
    expected,
  };
}

export function orList(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} or ${words[words.length - 1]}`;
}

export class Unreadable extends Error {
  readonly said: FindError;
  constructor(fault: Fault) {
    super(fault.why);
    this.said = failed(fault);
  }
}
