/** `kubectl --as`: asking with the rights of somebody else, for who may. */
import type { IncomingMessage } from "node:http";
import type { Policy } from "../rbac/policy";
import { refusal } from "../rbac/refusal";
import type { ResourceAttributes } from "../rbac/rule";
import { internal } from "../status";
import { AUTHENTICATED, accountGroups, accountOfUsername, UNAUTHENTICATED, type UserInfo } from "../user";

const PREFIX = "impersonate-";
const EXTRA = `${PREFIX}extra-`;

function values(request: IncomingMessage, name: string): string[] {
  return request.headersDistinct[name] ?? [];
}

function wish(resource: string, name: string, rest: Partial<ResourceAttributes> = {}): ResourceAttributes {
  return {
    sort: "resource",
    verb: "impersonate",
    group: "",
    version: "v1",
    resource,
    subresource: "",
    namespace: "",
    name,
    ...rest,
  };
}

const AUTHENTICATION = { group: "authentication.k8s.io" };

function userWish(username: string): ResourceAttributes {
  const account = accountOfUsername(username);
  if (account === null) return wish("users", username);
  return wish("serviceaccounts", account.name, { namespace: account.namespace });
}

function groupsOf(username: string, asked: readonly string[]): string[] {
  const account = accountOfUsername(username);
  const groups = asked.length === 0 && account !== null ? accountGroups(account.namespace) : [...asked];
  const settled = groups.includes(AUTHENTICATED) || groups.includes(UNAUTHENTICATED);
  return settled || username === "system:anonymous" ? groups : [...groups, AUTHENTICATED];
}

function extraOf(request: IncomingMessage): Record<string, string[]> {
  const names = Object.keys(request.headersDistinct).filter((name) => name.startsWith(EXTRA));
  return Object.fromEntries(
    names.map((name) => [decodeURIComponent(name.slice(EXTRA.length)), values(request, name)] as const),
  );
}

/** Who the request is to be answered for. Throws a 403 when `user` may not speak for them. */
export function impersonated(request: IncomingMessage, user: UserInfo, policy: () => Policy): UserInfo {
  if (!Object.keys(request.headers).some((name) => name.startsWith(PREFIX))) return user;
  const [username = ""] = values(request, `${PREFIX}user`);
  const [uid = ""] = values(request, `${PREFIX}uid`);
  const groups = values(request, `${PREFIX}group`);
  const extra = extraOf(request);
  if (username === "")
    throw internal("a group, uid or extra was to be impersonated without a user: send Impersonate-User");
  const wishes = [
    userWish(username),
    ...groups.map((group) => wish("groups", group)),
    ...(uid === "" ? [] : [wish("uids", uid, AUTHENTICATION)]),
    ...Object.entries(extra).flatMap(([key, all]) =>
      all.map((one) => wish("userextras", one, { ...AUTHENTICATION, subresource: key })),
    ),
  ];
  for (const one of wishes) {
    const { allowed, reason } = policy().decide(user, one);
    if (!allowed) throw refusal(user, one, reason);
  }
  return { username, uid, groups: groupsOf(username, groups), extra };
}
