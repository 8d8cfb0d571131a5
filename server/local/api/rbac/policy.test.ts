import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { KubeObject } from "@/lib/kube/objects";
import { MASTERS, type UserInfo } from "../user";
import { compilePolicy, type RbacObjects } from "./policy";
import { refusal } from "./refusal";
import type { Attributes, PathAttributes, ResourceAttributes } from "./rule";

const GROUP = "rbac.authorization.k8s.io";

interface RuleSpec {
  readonly verbs: readonly string[];
  readonly apiGroups?: readonly string[];
  readonly resources?: readonly string[];
  readonly resourceNames?: readonly string[];
  readonly nonResourceURLs?: readonly string[];
}

function role(kind: "Role" | "ClusterRole", namespace: string, name: string, rules: readonly RuleSpec[]): KubeObject {
  const metadata = namespace === "" ? { name } : { name, namespace };
  return { apiVersion: `${GROUP}/v1`, kind, metadata, rules };
}

interface Subject {
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string;
}

function binding(
  namespace: string,
  name: string,
  to: { kind: string; name: string },
  ...subjects: Subject[]
): KubeObject {
  const metadata = namespace === "" ? { name } : { name, namespace };
  const kind = namespace === "" ? "ClusterRoleBinding" : "RoleBinding";
  return { apiVersion: `${GROUP}/v1`, kind, metadata, roleRef: { apiGroup: GROUP, ...to }, subjects };
}

function policy(parts: Partial<RbacObjects>) {
  return compilePolicy({ clusterRoles: [], roles: [], clusterRoleBindings: [], roleBindings: [], ...parts });
}

function user(username: string, ...groups: string[]): UserInfo {
  return { username, uid: "", groups, extra: {} };
}

function ask(verb: string, resource: string, rest: Partial<ResourceAttributes> = {}): ResourceAttributes {
  const [plural = "", subresource = ""] = resource.split("/");
  return {
    sort: "resource",
    verb,
    group: "",
    version: "v1",
    resource: plural,
    subresource,
    namespace: "",
    name: "",
    ...rest,
  };
}

const ada = user("ada", "staff");
const toAda: Subject = { kind: "User", name: "ada" };

/** What `ada` may with one ClusterRole of these rules, bound in the whole cluster. */
function may(rule: RuleSpec, asked: Attributes): boolean {
  return policy({
    clusterRoles: [role("ClusterRole", "", "r", [rule])],
    clusterRoleBindings: [binding("", "b", { kind: "ClusterRole", name: "r" }, toAda)],
  }).decide(ada, asked).allowed;
}

describe("a rule", () => {
  const pods: RuleSpec = { verbs: ["get", "list"], apiGroups: [""], resources: ["pods"] };

  it("allows its verbs on its kinds of its groups and nothing else", () => {
    expect(may(pods, ask("list", "pods"))).toBe(true);
    expect(may(pods, ask("watch", "pods"))).toBe(false);
    expect(may(pods, ask("list", "secrets"))).toBe(false);
    expect(may(pods, ask("list", "pods", { group: "metrics.k8s.io" }))).toBe(false);
  });

  it("does not reach a subresource by its kind, and the other way round", () => {
    expect(may(pods, ask("get", "pods/log"))).toBe(false);
    const log: RuleSpec = { ...pods, resources: ["pods/log"] };
    expect(may(log, ask("get", "pods/log"))).toBe(true);
    expect(may(log, ask("get", "pods"))).toBe(false);
  });

  it("knows stars: everything, and a subresource of every kind", () => {
    const all: RuleSpec = { verbs: ["*"], apiGroups: ["*"], resources: ["*"] };
    expect(may(all, ask("impersonate", "users"))).toBe(true);
    expect(may(all, ask("get", "pods/log"))).toBe(true);
    const scales: RuleSpec = { verbs: ["update"], apiGroups: ["apps"], resources: ["*/scale"] };
    expect(may(scales, ask("update", "deployments/scale", { group: "apps" }))).toBe(true);
    expect(may(scales, ask("update", "deployments", { group: "apps" }))).toBe(false);
  });

  it("with names allows those objects only, so no list without a name", () => {
    const one: RuleSpec = { ...pods, resourceNames: ["web"] };
    expect(may(one, ask("get", "pods", { name: "web" }))).toBe(true);
    expect(may(one, ask("get", "pods", { name: "db" }))).toBe(false);
    expect(may(one, ask("list", "pods"))).toBe(false);
  });

  it("of paths holds for the path, for what a star at its end covers, and for no object", () => {
    const path = (text: string): PathAttributes => ({ sort: "path", verb: "get", path: text });
    const rule: RuleSpec = { verbs: ["get"], nonResourceURLs: ["/metrics", "/apis/*"] };
    expect(may(rule, path("/metrics"))).toBe(true);
    expect(may(rule, path("/metrics/x"))).toBe(false);
    expect(may(rule, path("/apis/apps"))).toBe(true);
    expect(may(rule, path("/apis"))).toBe(false);
    expect(may(rule, ask("get", "pods"))).toBe(false);
  });
});

describe("a binding", () => {
  const reader: RuleSpec = { verbs: ["list"], apiGroups: [""], resources: ["pods"] };
  const clusterRoles = [role("ClusterRole", "", "reader", [reader])];
  const to = { kind: "ClusterRole", name: "reader" };

  it("of a ClusterRole in a namespace gives it there only", () => {
    const made = policy({ clusterRoles, roleBindings: [binding("a", "b", to, toAda)] });
    expect(made.decide(ada, ask("list", "pods", { namespace: "a" }))).toEqual({
      allowed: true,
      reason: 'RBAC: allowed by RoleBinding "b/a" of ClusterRole "reader" to User "ada"',
    });
    expect(made.decide(ada, ask("list", "pods", { namespace: "b" })).allowed).toBe(false);
    expect(made.decide(ada, ask("list", "pods")).allowed).toBe(false);
  });

  it("reaches groups and ServiceAccounts, of the binding's namespace when it says none", () => {
    const robot = user("system:serviceaccount:a:robot", "system:serviceaccounts", "system:serviceaccounts:a");
    const made = policy({
      clusterRoles,
      clusterRoleBindings: [binding("", "g", to, { kind: "Group", name: "staff" })],
      roleBindings: [binding("a", "s", to, { kind: "ServiceAccount", name: "robot" })],
    });
    expect(made.decide(ada, ask("list", "pods")).reason).toContain('ClusterRoleBinding "g"');
    expect(made.decide(robot, ask("list", "pods", { namespace: "a" })).reason).toContain('ServiceAccount "robot/a"');
    expect(made.decide(user("system:serviceaccount:b:robot"), ask("list", "pods", { namespace: "a" })).allowed).toBe(
      false,
    );
  });

  it("to a role that is not there gives nothing and says so", () => {
    const made = policy({
      roleBindings: [
        binding("a", "x", { kind: "Role", name: "gone" }, toAda),
        binding("a", "y", { kind: "ClusterRole", name: "away" }, toAda),
      ],
    });
    const both =
      '[role.rbac.authorization.k8s.io "gone" not found, clusterrole.rbac.authorization.k8s.io "away" not found]';
    expect(made.decide(ada, ask("list", "pods", { namespace: "a" }))).toEqual({
      allowed: false,
      reason: `RBAC: ${both}`,
    });
    expect(made.rulesIn(ada, "a")).toEqual({ rules: [], problem: both });
  });

  it("means the Role of its own namespace", () => {
    const made = policy({
      roles: [role("Role", "b", "reader", [reader])],
      roleBindings: [binding("a", "x", { kind: "Role", name: "reader" }, toAda)],
    });
    expect(made.decide(ada, ask("list", "pods", { namespace: "a" })).allowed).toBe(false);
    expect(made.decide(ada, ask("list", "pods", { namespace: "b" })).allowed).toBe(false);
  });
});

it("nothing holds system:masters back", () => {
  expect(policy({}).decide(user("root", MASTERS), ask("delete", "nodes"))).toEqual({ allowed: true, reason: "" });
});

describe("a refusal is worded as Kubernetes words it", () => {
  it.each([
    [
      ask("list", "pods", { namespace: "x" }),
      'pods is forbidden: User "ada" cannot list resource "pods" in API group "" in the namespace "x"',
    ],
    [
      ask("get", "deployments/scale", { group: "apps", namespace: "x", name: "web" }),
      'deployments.apps "web" is forbidden: User "ada" cannot get resource "deployments/scale" in API group "apps" in the namespace "x"',
    ],
    [
      ask("list", "nodes"),
      'nodes is forbidden: User "ada" cannot list resource "nodes" in API group "" at the cluster scope',
    ],
    [{ sort: "path", verb: "get", path: "/metrics" } as const, 'forbidden: User "ada" cannot get path "/metrics"'],
  ])("%j", (asked, message) => {
    expect(refusal(ada, asked, "").toStatus()).toMatchObject({ code: 403, reason: "Forbidden", message });
  });
});

describe("whatever roles and bindings there are", () => {
  const NAMESPACES = ["a", "b"];
  const names = fc.constantFrom("r1", "r2");
  const some = <T>(...values: T[]) => fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 });
  const rule: fc.Arbitrary<RuleSpec> = fc.record({
    verbs: some("get", "list", "*"),
    apiGroups: some("", "apps", "*"),
    resources: some("pods", "pods/log", "*/log", "*"),
    resourceNames: fc.uniqueArray(fc.constantFrom("web", "db")),
  });
  const subject: fc.Arbitrary<Subject> = fc.oneof(
    fc.record({ kind: fc.constant("User"), name: fc.constantFrom("ada", "bob") }),
    fc.record({ kind: fc.constant("Group"), name: fc.constantFrom("staff", "guests") }),
  );
  const localBinding = fc
    .record({
      namespace: fc.constantFrom(...NAMESPACES),
      kind: fc.constantFrom("Role", "ClusterRole"),
      name: names,
      subject,
    })
    .map((one) => binding(one.namespace, "b", { kind: one.kind, name: one.name }, one.subject));
  const clusterBinding = fc
    .record({ name: names, subject })
    .map((one) => binding("", "b", { kind: "ClusterRole", name: one.name }, one.subject));
  const rules = fc.array(rule, { maxLength: 2 });
  const objects: fc.Arbitrary<RbacObjects> = fc.record({
    clusterRoles: fc.array(
      fc.tuple(names, rules).map(([name, of]) => role("ClusterRole", "", name, of)),
      { maxLength: 2 },
    ),
    roles: fc.array(
      fc
        .tuple(fc.constantFrom(...NAMESPACES), names, rules)
        .map(([namespace, name, of]) => role("Role", namespace, name, of)),
      { maxLength: 3 },
    ),
    clusterRoleBindings: fc.array(clusterBinding, { maxLength: 1 }),
    roleBindings: fc.array(localBinding, { maxLength: 4 }),
  });
  const asked = fc
    .record({
      verb: fc.constantFrom("get", "list", "delete"),
      group: fc.constantFrom("", "apps"),
      resource: fc.constantFrom("pods", "pods/log", "secrets"),
      namespace: fc.constantFrom("", ...NAMESPACES),
      name: fc.constantFrom("", "web"),
    })
    .map(({ verb, resource, ...rest }) => ask(verb, resource, rest));

  it("one binding more never takes a right away", () => {
    fc.assert(
      fc.property(objects, fc.oneof(localBinding, clusterBinding), asked, (all, more, question) => {
        const wider = compilePolicy(
          more.kind === "RoleBinding"
            ? { ...all, roleBindings: [...all.roleBindings, more] }
            : { ...all, clusterRoleBindings: [...all.clusterRoleBindings, more] },
        );
        if (compilePolicy(all).decide(ada, question).allowed) expect(wider.decide(ada, question).allowed).toBe(true);
      }),
    );
  });

  it("what is bound in a namespace changes nothing in others, nor in the cluster", () => {
    fc.assert(
      fc.property(objects, localBinding, asked, (all, more, question) => {
        fc.pre(question.namespace !== more.metadata.namespace);
        const wider = compilePolicy({ ...all, roleBindings: [...all.roleBindings, more] });
        expect(wider.decide(ada, question).allowed).toBe(compilePolicy(all).decide(ada, question).allowed);
      }),
    );
  });

  it("nobody has rights that no binding names", () => {
    fc.assert(
      fc.property(objects, asked, (all, question) => {
        expect(compilePolicy(all).decide(user("eve", "system:authenticated"), question).allowed).toBe(false);
      }),
    );
  });
});
