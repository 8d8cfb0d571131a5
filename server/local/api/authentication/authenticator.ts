/** Whose token it is. */
import { createHash, timingSafeEqual } from "node:crypto";
import type { Store } from "../store/store";
import { AUTHENTICATED, accountGroups, accountUsername, LOCAL_ADMIN, type UserInfo } from "../user";
import { type AccountTokens, type BoundObject, ISSUER, type TokenClaims } from "./account-tokens";

export interface Authenticator {
  /**
   * The token's user and those of `audiences` it is meant for, or null when it is nobody's: unknown, expired, for others,
   * or its account or the object it is bound to has gone.
   */
  identify(token: string, audiences?: readonly string[]): Identity | null;
}

export interface Identity {
  readonly user: UserInfo;
  readonly audiences: readonly string[];
}

/** Whom a token is for that goes to the API itself. */
export const API_AUDIENCES: readonly string[] = [ISSUER];

const ACCOUNTS = { group: "", plural: "serviceaccounts" };

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}

function accountUser(claims: TokenClaims): UserInfo {
  const { namespace, account, bound, id } = claims;
  const own = "authentication.kubernetes.io/";
  const pod = bound?.kind === "Pod" ? bound : null;
  return {
    username: accountUsername({ namespace, name: account.name }),
    uid: account.uid,
    groups: [...accountGroups(namespace), AUTHENTICATED],
    extra: {
      [`${own}credential-id`]: [`JTI=${id}`],
      ...(pod === null ? {} : { [`${own}pod-name`]: [pod.name], [`${own}pod-uid`]: [pod.uid] }),
    },
  };
}

/** `adminToken` opens everything. */
export function createAuthenticator(deps: {
  readonly adminToken: string;
  readonly tokens: AccountTokens;
  readonly store: Store;
  readonly clock: () => Date;
}): Authenticator {
  const admin = digest(deps.adminToken);
  const users = new WeakMap<TokenClaims, UserInfo>();

  function isThere(namespace: string, bound: BoundObject): boolean {
    const found = deps.store.get({ group: "", plural: `${bound.kind.toLowerCase()}s` }, namespace, bound.name);
    return found?.metadata.uid === bound.uid;
  }

  function isGood(claims: TokenClaims): boolean {
    const account = deps.store.get(ACCOUNTS, claims.namespace, claims.account.name);
    return (
      deps.clock().getTime() < claims.expiresAtSeconds * 1000 &&
      account?.metadata.uid === claims.account.uid &&
      (claims.bound === null || isThere(claims.namespace, claims.bound))
    );
  }

  function userOf(claims: TokenClaims): UserInfo {
    const user = users.get(claims) ?? accountUser(claims);
    users.set(claims, user);
    return user;
  }

  return {
    identify(token, audiences = API_AUDIENCES) {
      // Whatever the bytes are, comparing takes the same time.
      if (timingSafeEqual(digest(token), admin)) return { user: LOCAL_ADMIN, audiences };
      const claims = deps.tokens.read(token);
      if (claims === null || !isGood(claims)) return null;
      const meant = audiences.filter((audience) => claims.audiences.includes(audience));
      return meant.length === 0 ? null : { user: userOf(claims), audiences: meant };
    },
  };
}
