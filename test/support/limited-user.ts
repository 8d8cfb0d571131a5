/** A user with few rights: a ServiceAccount, its roles and bindings, and a token. On any Kubernetes API. */
import { parse, stringify } from "yaml";
import { textAt } from "@/server/local/api/object";
import { type Api, connect } from "./kube-api-client";
import { accessOfKubeconfig } from "./kube-api-real";

export interface Grant {
  /** Left out: in the whole cluster. */
  readonly namespace?: string;
  readonly verbs: readonly string[];
  /** `pods`, `pods/log`, `trafficsplits.split.smi-spec.io`, `*` for everything. */
  readonly resources: readonly string[];
}

export interface LimitedUser {
  readonly username: string;
  readonly token: string;
  /** The kubeconfig given, with this user in the place of its own. YAML. */
  readonly kubeconfig: string;
  /** Gives more rights. The name is what takes them away again. */
  grant(name: string, grant: Grant): Promise<void>;
  /** Gives what a ClusterRole allows, in one namespace. */
  bind(clusterRole: string, namespace: string): Promise<void>;
  /** Takes the rights of that name away. */
  revoke(name: string, grant: Pick<Grant, "namespace">): Promise<void>;
}

const RBAC = "/apis/rbac.authorization.k8s.io/v1";

function ruleOf(resource: string, verbs: readonly string[]) {
  if (resource === "*") return { apiGroups: ["*"], resources: ["*"], verbs };
  const [plural = "", ...group] = resource.split(".");
  return { apiGroups: [group.join(".")], resources: [plural], verbs };
}

async function posted(api: Api, path: string, body: unknown): Promise<unknown> {
  const answer = await api.post(path, body);
  if (answer.status !== 201) throw new Error(`POST ${path}: ${answer.status} ${answer.text}`);
  return answer.body;
}

/** `kubeconfig` (YAML) of a user who may make others. `account` is the ServiceAccount to make; its namespace is there. */
export async function limitedUser(
  kubeconfig: string,
  account: { readonly namespace: string; readonly name: string },
  grants: Readonly<Record<string, Grant>> = {},
): Promise<LimitedUser> {
  const { namespace, name } = account;
  const withAdmin = async <T>(work: (api: Api) => Promise<T>): Promise<T> => {
    const api = connect(accessOfKubeconfig(kubeconfig));
    try {
      return await work(api);
    } finally {
      api.close();
    }
  };
  const accounts = `/api/v1/namespaces/${namespace}/serviceaccounts`;
  const made = await withAdmin(async (api) => {
    await posted(api, accounts, { metadata: { name } });
    return posted(api, `${accounts}/${name}/token`, {
      apiVersion: "authentication.k8s.io/v1",
      kind: "TokenRequest",
      spec: { expirationSeconds: 3600 },
    });
  });
  const token = textAt(made, "status", "token");
  const config = parse(kubeconfig) as { users: { name: string; user: unknown }[] };
  const users = config.users.map((one) => ({ ...one, user: { token } }));
  const user: LimitedUser = {
    username: `system:serviceaccount:${namespace}:${name}`,
    token,
    kubeconfig: stringify({ ...config, users }),
    grant: (called, grant) =>
      withAdmin(async (api) => {
        const at = grant.namespace === undefined ? `${RBAC}/cluster` : `${RBAC}/namespaces/${grant.namespace}/`;
        const kind = grant.namespace === undefined ? "ClusterRole" : "Role";
        const rules = grant.resources.map((resource) => ruleOf(resource, grant.verbs));
        await posted(api, `${at}roles`, { metadata: { name: called }, rules });
        await posted(api, `${at}rolebindings`, {
          metadata: { name: called },
          roleRef: { apiGroup: "rbac.authorization.k8s.io", kind, name: called },
          subjects: [{ kind: "ServiceAccount", namespace, name }],
        });
      }),
    bind: (clusterRole, where) =>
      withAdmin(async (api) => {
        await posted(api, `${RBAC}/namespaces/${where}/rolebindings`, {
          metadata: { name },
          roleRef: { apiGroup: "rbac.authorization.k8s.io", kind: "ClusterRole", name: clusterRole },
          subjects: [{ kind: "ServiceAccount", namespace, name }],
        });
      }),
    revoke: (called, grant) =>
      withAdmin(async (api) => {
        const at = grant.namespace === undefined ? `${RBAC}/cluster` : `${RBAC}/namespaces/${grant.namespace}/`;
        for (const plural of ["rolebindings", "roles"]) await api.delete(`${at}${plural}/${called}`);
      }),
  };
  for (const [called, grant] of Object.entries(grants)) await user.grant(called, grant);
  return user;
}
