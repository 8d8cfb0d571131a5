import { expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import type { Resource } from "@/server/kube/resource";
import { sees } from "../limited/scope";
import { askScope } from "./rights";

const RULES = "selfsubjectrulesreviews";

/** An API whose rules are `told`, and which allows by name what is in `allowed`: `namespace verb plural`. */
function api(told: { rules: object[]; incomplete?: boolean }, allowed: readonly string[] = []) {
  const asked: string[] = [];
  return {
    asked,
    async create(resource: Resource, object: KubeObject): Promise<KubeObject> {
      asked.push(resource.plural);
      if (resource.plural === RULES) {
        return { ...object, status: { resourceRules: told.rules, incomplete: told.incomplete ?? false } };
      }
      const {
        namespace = "",
        verb,
        resource: plural,
      } = (object.spec as { resourceAttributes: Record<string, string> }).resourceAttributes;
      return { ...object, status: { allowed: allowed.includes(`${namespace} ${verb} ${plural}`) } };
    },
  };
}

const ABOUT = { namespaces: ["a", "b"], controlNamespace: "osm-system" };

it("asks one question of somebody who may do anything", async () => {
  const client = api({ rules: [] }, [" * *"]);
  expect(await askScope(client, ABOUT)).toBeNull();
  expect(client.asked).toHaveLength(1);
});

it("asks for the very right where an authorizer does not tell its rules", async () => {
  const told = { rules: [], incomplete: true };
  const scope = await askScope(api(told, ["a list pods", "a watch pods", "b list pods"]), ABOUT);
  expect(scope && [sees(scope, "a"), sees(scope, "b")]).toEqual([true, false]);
  const silent = api({ rules: [] }, ["a list pods", "a watch pods"]);
  const none = await askScope(silent, ABOUT);
  expect(none && sees(none, "a")).toBe(false);
  expect(silent.asked.filter((plural) => plural === RULES)).toHaveLength(2);
});
