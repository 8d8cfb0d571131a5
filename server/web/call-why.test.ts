import { describe, expect, it } from "vitest";
import { translate } from "@/lib/mesh/translate";
import { refusedCall, someCall } from "@/test/fixtures/calls";
import { loadMeshInput } from "@/test/golden/load";
import { whyOf, withWhy } from "./call-why";

const { objects, options } = loadMeshInput("test/golden/mesh/bookstore/input.yaml");
const model = translate(objects, options);

describe("why", () => {
  it("is the policy Envoy named, with its route", () => {
    const policy = model.grants.find(({ target }) => target === "bookstore/bookstore-v2")?.policy ?? "";
    const why = whyOf(model, someCall({ policy }));
    expect(why.verdict).toBe("allowed");
    expect(why.policies[0]?.target).toBe("bookstore/bookstore-v2");
    expect(why.policies[0]?.route).toContain("bookstore-service-routes");
    expect(why.sentence).toContain("TrafficTarget bookstore/bookstore-v2");
  });

  it("names a policy that has gone since by what Envoy called it", () => {
    const why = whyOf(model, someCall({ policy: "shop/old/HTTPRouteGroup/routes/buy" }));
    expect(why).toMatchObject({ verdict: "allowed", policies: [{ target: "shop/old", route: "shop/routes/buy" }] });
    expect(why.sentence).toContain("changed or removed");
  });

  it("of a refused call is what is missing and what would allow it", () => {
    const why = whyOf(model, refusedCall());
    expect(why.verdict).toBe("refused");
    expect(why.sentence).toContain("No TrafficTarget lets bookthief/bookthief call");
    expect(why.hint).not.toBe("");
  });

  it("is the model's word where Envoy gave none, and says when a refusal is out of date", () => {
    expect(whyOf(model, someCall()).verdict).toBe("allowed");
    const late = whyOf(model, someCall({ denied: true, status: 403 }));
    expect(late.verdict).toBe("refused");
    expect(late.sentence).toContain("policy in force now would let it in");
  });

  it("says what cannot be known", () => {
    expect(whyOf(model, someCall({ sourceIdentity: null })).sentence).toContain("no certificate");
    expect(whyOf(model, someCall({ destinationService: null })).sentence).toContain("no service");
    expect(whyOf(model, someCall({ policy: "permissive" })).verdict).toBe("permissive");
  });

  it("is found once for calls of one kind", () => {
    const [one, other] = withWhy({ model }, [refusedCall(), refusedCall({ id: "run.2", at: 2 })]);
    expect(one?.why).toBe(other?.why);
  });
});
