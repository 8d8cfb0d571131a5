import { expect, test, vi } from "vitest";
import { Leaving } from "./leaving";

const HERE = "http://mesh/security?at=1";

test("a change while no page is being left is made at once", () => {
  const leaving = new Leaving();
  const apply = vi.fn();
  leaving.change({ at: "2", find: "x" }, apply);
  expect(apply).toHaveBeenCalledExactlyOnceWith({ at: "2", find: "x" });
});

test("while a page is being left, what all pages share waits for the next one; what was only the left page's is dropped", () => {
  const leaving = new Leaving();
  const apply = vi.fn();
  leaving.start("/namespaces?at=1", HERE);
  leaving.change({ at: "2", find: "x" }, apply);
  leaving.change({ at: "3" }, apply);
  leaving.change({ find: "y" }, apply);
  expect(apply).not.toHaveBeenCalled();
  leaving.arrived();
  expect(apply).toHaveBeenCalledExactlyOnceWith({ at: "3" });
  leaving.arrived();
  expect(apply).toHaveBeenCalledTimes(1);
});

test("a change of the query alone, or going to where one is, leaves no page", () => {
  const leaving = new Leaving();
  const apply = vi.fn();
  leaving.start("/security?at=1&find=x", HERE);
  leaving.change({ at: "2" }, apply);
  leaving.start("/namespaces", HERE);
  leaving.start(HERE, HERE);
  leaving.change({ at: "3" }, apply);
  expect(apply.mock.calls).toEqual([[{ at: "2" }], [{ at: "3" }]]);
});

test("what keeps somebody on the page lets later changes through; what waited goes with them", () => {
  const leaving = new Leaving();
  const apply = vi.fn();
  leaving.start("/namespaces", HERE);
  leaving.change({ at: "2" }, apply);
  leaving.stay();
  leaving.change({ find: "x" }, apply);
  leaving.arrived();
  expect(apply.mock.calls).toEqual([[{ find: "x" }], [{ at: "2" }]]);
});
