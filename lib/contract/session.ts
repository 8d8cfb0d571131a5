/** `/api/session`: who is signed in. */
import { z } from "zod";

/** A token is written into a cookie, and browsers keep none of more than 4 kB. */
export const MOST_TOKEN_CHARACTERS = 3_500;

export const SignInSchema = z.strictObject({
  /** A bearer token of the Kubernetes API. Its value stands in no message. */
  token: z.string(),
  /** Where to go on, for a form: a path of this dashboard. */
  to: z.string().max(4_000).optional(),
});

export const SessionSchema = z.object({
  /** none: nobody signs in here. token: with a Kubernetes token. header: by the proxy in front. */
  login: z.enum(["none", "token", "header"]),
  /** As the API server calls them; null: nobody is signed in. */
  user: z.string().nullable(),
  /** Unix milliseconds; null: nobody is signed in, or the session does not end by itself. */
  endsAt: z.number().nullable(),
});

export const SignedOutSchema = z.object({ signedOut: z.literal(true) });

export type Session = z.infer<typeof SessionSchema>;
export type SignIn = z.output<typeof SignInSchema>;
