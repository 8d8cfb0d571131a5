/** Who asks. */
import type { Json, JsonObject } from "./object";

export interface UserInfo {
  readonly username: string;
  /** Empty when whoever vouches for the user gives none. */
  readonly uid: string;
  readonly groups: readonly string[];
  readonly extra: Readonly<Record<string, readonly string[]>>;
}

export const MASTERS = "system:masters";
export const AUTHENTICATED = "system:authenticated";
export const UNAUTHENTICATED = "system:unauthenticated";

/** Bearer of the API's own token, and code of the same process: may do everything. */
export const LOCAL_ADMIN: UserInfo = Object.freeze({
  username: "meshdeck:local",
  uid: "",
  groups: [MASTERS, AUTHENTICATED],
  extra: {},
});

/** Who has not said who they are, and may only ask for the API's health and version. */
export const ANONYMOUS: UserInfo = Object.freeze({
  username: "system:anonymous",
  uid: "",
  groups: [UNAUTHENTICATED],
  extra: {},
});

/** Whom no rule can hold back. */
export function isMaster(user: UserInfo): boolean {
  return user.groups.includes(MASTERS);
}

export interface AccountName {
  readonly namespace: string;
  readonly name: string;
}

const ACCOUNT = "system:serviceaccount:";

export function accountUsername({ namespace, name }: AccountName): string {
  return `${ACCOUNT}${namespace}:${name}`;
}

/** The ServiceAccount a user name stands for, or null when it is not one's. */
export function accountOfUsername(username: string): AccountName | null {
  if (!username.startsWith(ACCOUNT)) return null;
  const [namespace = "", name = "", ...more] = username.slice(ACCOUNT.length).split(":");
  return namespace === "" || name === "" || more.length > 0 ? null : { namespace, name };
}

export function accountGroups(namespace: string): string[] {
  return ["system:serviceaccounts", `system:serviceaccounts:${namespace}`];
}

/** As reviews and webhooks are told. */
export function userInfoJson(user: UserInfo): JsonObject {
  const extra = Object.entries(user.extra).map(([key, values]): [string, Json] => [key, [...values]]);
  return {
    username: user.username,
    ...(user.uid === "" ? {} : { uid: user.uid }),
    groups: [...user.groups],
    ...(extra.length === 0 ? {} : { extra: Object.fromEntries(extra) }),
  };
}
