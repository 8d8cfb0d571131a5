/** Tokens of ServiceAccounts, RBAC and the reviews. */
import { expect, test } from "vitest";
import { kubeconfigText } from "@/server/local/api/kubeconfig";
import { listAt, textAt } from "@/server/local/api/object";
import { onEveryApi, type Suite, until } from "../support/kube-api";
import { type Api, connect } from "../support/kube-api-client";
import { type Grant, type LimitedUser, limitedUser } from "../support/limited-user";

const RBAC = "/apis/rbac.authorization.k8s.io/v1";
const REVIEWS = "/apis/authorization.k8s.io/v1";
const WHOSE = "/apis/authentication.k8s.io/v1";
const GROUP = "rbac.authorization.k8s.io";

interface Someone extends LimitedUser {
  readonly api: Api;
  readonly namespace: string;
}

/** A user of a namespace of their own, for as long as `work` takes. A right just given may take a moment to be known. */
async function asUser(
  suite: Suite,
  grant: Omit<Grant, "namespace"> | null,
  work: (someone: Someone) => Promise<void>,
): Promise<void> {
  const { url, caPem } = suite.running;
  const namespace = await suite.namespace();
  const user = await limitedUser(kubeconfigText(suite.running), { namespace, name: "ada" });
  const api = connect({ url, caPem, token: user.token });
  try {
    if (grant !== null) {
      await user.grant("given", { ...grant, namespace });
      const { verbs, resources } = grant;
      const [resource = "", subresource = ""] = (resources[0] ?? "").split("/");
      const asked = { verb: verbs[0], resource, subresource, namespace };
      await until(
        () => mayI(api, asked),
        (allowed) => allowed,
      );
    }
    await work({ ...user, api, namespace });
  } finally {
    api.close();
  }
}

async function mayI(api: Api, resourceAttributes: object): Promise<boolean> {
  const { body } = await api.post(`${REVIEWS}/selfsubjectaccessreviews`, { spec: { resourceAttributes } });
  return (body as { status: { allowed: boolean } }).status.allowed;
}

const READ_PODS = { verbs: ["list", "get", "watch"], resources: ["pods"] };

onEveryApi("rights", (suite) => {
  test("a ServiceAccount's token lets in as that account, and nowhere it has no right to", () =>
    asUser(suite, null, async ({ api, namespace, username }) => {
      const who = await api.post(`${WHOSE}/selfsubjectreviews`, {});
      expect(who).toMatchObject({ status: 201, body: { status: { userInfo: { username } } } });
      expect(listAt(who.body, "status", "userInfo", "groups").sort()).toEqual([
        "system:authenticated",
        "system:serviceaccounts",
        `system:serviceaccounts:${namespace}`,
      ]);
      expect((await api.get("/apis")).status).toBe(200);
      const refused = await api.get(`/api/v1/namespaces/${namespace}/pods`);
      expect(refused.body).toEqual({
        kind: "Status",
        apiVersion: "v1",
        metadata: {},
        status: "Failure",
        message: `pods is forbidden: User "${username}" cannot list resource "pods" in API group "" in the namespace "${namespace}"`,
        reason: "Forbidden",
        details: { kind: "pods" },
        code: 403,
      });
    }));

  test.each([
    ["GET", "", (u: string) => `forbidden: User "${u}" cannot get path "/"`],
    ["GET", "metrics", (u: string) => `forbidden: User "${u}" cannot get path "/metrics"`],
    [
      "GET",
      "api/v1/nodes/n1",
      (u: string) =>
        `nodes "n1" is forbidden: User "${u}" cannot get resource "nodes" in API group "" at the cluster scope`,
    ],
    [
      "GET",
      "api/v1/namespaces/NS",
      (u: string, n: string) =>
        `namespaces "${n}" is forbidden: User "${u}" cannot get resource "namespaces" in API group "" in the namespace "${n}"`,
    ],
    [
      "DELETE",
      "apis/apps/v1/namespaces/NS/deployments",
      (u: string, n: string) =>
        `deployments.apps is forbidden: User "${u}" cannot deletecollection resource "deployments" in API group "apps" in the namespace "${n}"`,
    ],
    [
      "PUT",
      "apis/apps/v1/namespaces/NS/deployments/web/scale",
      (u: string, n: string) =>
        `deployments.apps "web" is forbidden: User "${u}" cannot update resource "deployments/scale" in API group "apps" in the namespace "${n}"`,
    ],
    [
      "GET",
      "apis/nothing.example/v1/gadgets?watch=true",
      (u: string) =>
        `gadgets.nothing.example is forbidden: User "${u}" cannot watch resource "gadgets" in API group "nothing.example" at the cluster scope`,
    ],
  ])("%s /%s is refused in Kubernetes' words", (method, path, words) =>
    asUser(suite, null, async ({ api, namespace, username }) => {
      const answer = await api.call(method, `/${path.replace("NS", namespace)}`, method === "PUT" ? { body: {} } : {});
      expect(answer).toMatchObject({ status: 403, body: { message: words(username, namespace), reason: "Forbidden" } });
    }),
  );

  test("a Role gives what it says in its namespace, and taken away it is gone", () =>
    asUser(suite, READ_PODS, async ({ api, namespace, revoke }) => {
      const pods = `/api/v1/namespaces/${namespace}/pods`;
      expect((await api.get(pods)).status).toBe(200);
      expect((await api.get(`${pods}/none`)).status).toBe(404);
      expect((await api.get(`${pods}/none/log`)).status).toBe(403);
      expect((await api.get("/api/v1/pods")).status).toBe(403);
      expect((await api.get("/api/v1/namespaces/default/pods")).status).toBe(403);
      expect((await api.post(pods, {})).status).toBe(403);
      (await api.watch(`${pods}?watch=true`)).stop();
      await revoke("given", { namespace });
      await until(
        () => api.get(pods),
        ({ status }) => status === 403,
      );
    }));

  test("a rule with names lets one object be read, listed and watched by its name", () =>
    asUser(suite, null, async ({ api, namespace }) => {
      const at = `${RBAC}/namespaces/${namespace}`;
      const rule = { apiGroups: [""], resources: ["configmaps"], resourceNames: ["mine"], verbs: ["get", "list"] };
      await suite.api.post(`${at}/roles`, { metadata: { name: "one" }, rules: [rule] });
      await suite.api.post(`${at}/rolebindings`, {
        metadata: { name: "one" },
        roleRef: { apiGroup: GROUP, kind: "Role", name: "one" },
        subjects: [{ kind: "ServiceAccount", name: "ada" }],
      });
      const maps = `/api/v1/namespaces/${namespace}/configmaps`;
      await until(
        () => api.get(`${maps}/mine`),
        ({ status }) => status === 404,
      );
      expect((await api.get(`${maps}/other`)).status).toBe(403);
      expect((await api.get(maps)).status).toBe(403);
      expect((await api.get(`${maps}?fieldSelector=metadata.name%3Dmine`)).status).toBe(200);
    }));

  test("a binding to a role that is not there says so", () =>
    asUser(suite, null, async ({ api, namespace, username }) => {
      await suite.api.post(`${RBAC}/namespaces/${namespace}/rolebindings`, {
        metadata: { name: "broken" },
        roleRef: { apiGroup: GROUP, kind: "Role", name: "gone" },
        subjects: [{ kind: "User", apiGroup: GROUP, name: username }],
      });
      const refused = await until(
        () => api.get(`/api/v1/namespaces/${namespace}/pods`),
        ({ text }) => text.includes("RBAC"),
      );
      expect(textAt(refused.body, "message")).toBe(
        `pods is forbidden: User "${username}" cannot list resource "pods" in API group "" in the namespace "${namespace}": RBAC: role.${GROUP} "gone" not found`,
      );
    }));

  test("reviews answer for whoever asks, and for others", () =>
    asUser(suite, READ_PODS, async ({ api, namespace, username }) => {
      expect(await mayI(api, { verb: "list", resource: "secrets", namespace })).toBe(false);
      expect(await mayI(api, { verb: "list", resource: "pods" })).toBe(false);
      const rules = await api.post(`${REVIEWS}/selfsubjectrulesreviews`, { spec: { namespace } });
      expect(rules.body).toMatchObject({ status: { incomplete: false } });
      expect(listAt(rules.body, "status", "resourceRules")).toContainEqual({
        verbs: ["list", "get", "watch"],
        apiGroups: [""],
        resources: ["pods"],
      });
      const none = await api.post(`${REVIEWS}/selfsubjectrulesreviews`, { spec: { namespace: "default" } });
      expect(JSON.stringify(none.body)).not.toContain('"pods"');

      const spec = { user: username, resourceAttributes: { verb: "list", resource: "pods", namespace } };
      expect((await suite.api.post(`${REVIEWS}/subjectaccessreviews`, { spec })).body).toMatchObject({
        status: {
          allowed: true,
          reason: `RBAC: allowed by RoleBinding "given/${namespace}" of Role "given" to ServiceAccount "ada/${namespace}"`,
        },
      });
      const local = `${REVIEWS}/namespaces/${namespace}/localsubjectaccessreviews`;
      expect((await suite.api.post(local, { metadata: { namespace }, spec })).body).toMatchObject({
        status: { allowed: true },
      });
      expect((await api.post(`${REVIEWS}/subjectaccessreviews`, { spec })).status).toBe(403);
      expect((await suite.api.post(`${REVIEWS}/selfsubjectaccessreviews`, { spec: {} })).status).toBe(422);
      expect((await suite.api.post(`${REVIEWS}/selfsubjectrulesreviews`, { spec: {} })).status).toBe(400);
    }));

  test("TokenReview knows whose token it is, and for whom", () =>
    asUser(suite, null, async ({ api, token, namespace, username }) => {
      const review = async (spec: object) => (await suite.api.post(`${WHOSE}/tokenreviews`, { spec })).body;
      expect(await review({ token })).toMatchObject({ status: { authenticated: true, user: { username } } });
      const unknown = await review({ token: "x" });
      expect(unknown).toMatchObject({ status: { error: expect.stringContaining("invalid bearer token") } });
      expect(unknown).not.toMatchObject({ status: { authenticated: true } });
      expect((await api.post(`${WHOSE}/tokenreviews`, { spec: { token } })).status).toBe(403);

      const made = await suite.api.post(`/api/v1/namespaces/${namespace}/serviceaccounts/ada/token`, {
        spec: { audiences: ["vault"], expirationSeconds: 600 },
      });
      expect(made).toMatchObject({ status: 201, body: { kind: "TokenRequest", spec: { audiences: ["vault"] } } });
      const forVault = textAt(made.body, "status", "token");
      expect(await review({ token: forVault, audiences: ["vault", "x"] })).toMatchObject({
        status: { authenticated: true, audiences: ["vault"] },
      });
      const { url, caPem } = suite.running;
      const stranger = connect({ url, caPem, token: forVault });
      expect((await stranger.get("/api")).status).toBe(401);
      stranger.close();
    }));

  test("a token lasts ten minutes at least, belongs to an account there is, and ends with it", () =>
    asUser(suite, null, async ({ api, namespace }) => {
      const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
      const short = await suite.api.post(`${accounts}/ada/token`, { spec: { expirationSeconds: 599 } });
      expect(short).toMatchObject({ status: 422, body: { reason: "Invalid" } });
      expect(textAt(short.body, "message")).toContain("may not specify a duration less than 10 minutes");
      expect((await suite.api.post(`${accounts}/none/token`, { spec: {} })).status).toBe(404);
      expect((await api.post(`${accounts}/ada/token`, { spec: {} })).status).toBe(403);
      await suite.api.delete(`${accounts}/ada`);
      // A real API server believes a token it has just seen for ten seconds.
      await until(
        () => api.get("/api"),
        ({ status }) => status === 401,
        20_000,
      );
    }));

  test("only who has the right may speak for somebody else", () =>
    asUser(suite, { verbs: ["impersonate"], resources: ["serviceaccounts"] }, async ({ api, namespace, username }) => {
      const as = (who: Api, user: string, headers: Record<string, string> = {}) =>
        who.call("POST", `${WHOSE}/selfsubjectreviews`, {
          body: {},
          headers: { "impersonate-user": user, ...headers },
        });
      const eve = await as(suite.api, "eve", { "impersonate-group": "staff" });
      expect(eve).toMatchObject({ status: 201, body: { status: { userInfo: { username: "eve" } } } });
      expect(listAt(eve.body, "status", "userInfo", "groups").sort()).toEqual(["staff", "system:authenticated"]);

      const refused = await as(api, "eve");
      expect(refused).toMatchObject({ status: 403, body: { reason: "Forbidden" } });
      // From 1.36 on the words name the finer verbs of constrained impersonation.
      expect(textAt(refused.body, "message")).toContain(`is forbidden: User "${username}" cannot impersonate`);
      expect((await as(api, `system:serviceaccount:default:x`)).status).toBe(403);
      const robot = await as(api, `system:serviceaccount:${namespace}:robot`);
      expect(robot.status).toBe(201);
      expect(listAt(robot.body, "status", "userInfo", "groups").sort()).toEqual([
        "system:authenticated",
        "system:serviceaccounts",
        `system:serviceaccounts:${namespace}`,
      ]);
      const asEve = await suite.api.call("GET", "/api/v1/nodes", { headers: { "impersonate-user": "eve" } });
      expect(textAt(asEve.body, "message")).toContain('User "eve" cannot list resource "nodes"');
    }));

  test("roles and bindings are checked", async () => {
    const at = `${RBAC}/namespaces/${await suite.namespace()}`;
    const role = async (rule: object) =>
      (await suite.api.post(`${at}/roles`, { metadata: { name: "r" }, rules: [rule] })).body;
    expect(await role({ apiGroups: [""], resources: ["pods"], verbs: [] })).toMatchObject({
      code: 422,
      message: `Role.${GROUP} "r" is invalid: rules[0].verbs: Required value: verbs must contain at least one value`,
    });
    expect(await role({ resources: ["pods"], verbs: ["get"] })).toMatchObject({
      message: `Role.${GROUP} "r" is invalid: rules[0].apiGroups: Required value: resource rules must supply at least one api group`,
    });
    expect(await role({ nonResourceURLs: ["/x"], verbs: ["get"] })).toMatchObject({
      code: 422,
      details: { causes: [{ field: "rules[0].nonResourceURLs" }] },
    });
    const ref = { apiGroup: GROUP, kind: "Role", name: "r" };
    const bind = async (more: object) =>
      suite.api.post(`${at}/rolebindings`, { metadata: { name: "b" }, roleRef: ref, ...more });
    expect((await bind({ roleRef: { ...ref, kind: "Roll" } })).body).toMatchObject({
      message: `RoleBinding.${GROUP} "b" is invalid: roleRef.kind: Unsupported value: "Roll": supported values: "Role", "ClusterRole"`,
    });
    expect((await bind({ subjects: [{ kind: "User" }] })).body).toMatchObject({
      message: `RoleBinding.${GROUP} "b" is invalid: subjects[0].name: Required value`,
    });
    expect((await bind({ subjects: [{ kind: "Group", name: "g" }] })).body).toMatchObject({
      subjects: [{ kind: "Group", apiGroup: GROUP, name: "g" }],
    });
    const moved = await suite.api.patch(`${at}/rolebindings/b`, "merge", { roleRef: { name: "other" } });
    expect(moved).toMatchObject({ status: 422, body: { details: { causes: [{ field: "roleRef" }] } } });
  });

  test("the roles every cluster has are there", async () => {
    for (const name of ["cluster-admin", "admin", "edit", "view", "system:discovery", "system:basic-user"])
      expect((await suite.api.get(`${RBAC}/clusterroles/${name}`)).status).toBe(200);
  });

  suite.having("collectors")("a role made of others has their rules, and those that come", async () => {
    const label = { "meshdeck.test/part-of": await suite.namespace() };
    const made = (name: string, more: object) =>
      suite.api.post(`${RBAC}/clusterroles`, {
        metadata: { name: `${label["meshdeck.test/part-of"]}-${name}` },
        ...more,
      });
    await made("sum", { aggregationRule: { clusterRoleSelectors: [{ matchLabels: label }] }, rules: [] });
    const rules = [{ verbs: ["get"], apiGroups: [""], resources: ["pods"] }];
    const name = `${label["meshdeck.test/part-of"]}-part`;
    await suite.api.post(`${RBAC}/clusterroles`, { metadata: { name, labels: label }, rules });
    const sum = `${RBAC}/clusterroles/${label["meshdeck.test/part-of"]}-sum`;
    await until(
      async () => (await suite.api.get(sum)).body,
      (body) => listAt(body, "rules").length === 1,
    );
    expect((await suite.api.get(sum)).body).toMatchObject({ rules });
    const view = await suite.api.get(`${RBAC}/clusterroles/view`);
    expect(JSON.stringify(view.body)).toContain('"pods/log"');
  });
});
