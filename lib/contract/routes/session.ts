/** Signing in and out. */
import { z } from "zod";
import { RightsSchema } from "../rights";
import { NAME, type Route } from "../route";
import { SessionSchema, SignedOutSchema, SignInSchema } from "../session";

export const SESSION_ROUTES = {
  session: {
    method: "GET",
    path: "/api/session",
    limited: "public",
    summary: "Who is signed in, and how one signs in here",
    query: z.strictObject({}),
    answer: SessionSchema,
  },
  rights: {
    method: "GET",
    path: "/api/rights",
    limited: "filtered",
    summary: "What of all that pages write the reader may not write in a namespace, by the API server's word",
    query: z.strictObject({ ns: NAME }),
    answer: RightsSchema,
  },
  signIn: {
    method: "POST",
    path: "/api/session",
    limited: "public",
    summary: "Sign in with a Kubernetes token; a form of the dashboard's own page is sent on to where it came from",
    query: z.strictObject({}),
    body: SignInSchema,
    bodyForm: true,
    answer: SessionSchema,
  },
  signOut: {
    method: "DELETE",
    path: "/api/session",
    limited: "public",
    summary: "Sign out",
    query: z.strictObject({}),
    answer: SignedOutSchema,
  },
} as const satisfies Readonly<Record<string, Route>>;
