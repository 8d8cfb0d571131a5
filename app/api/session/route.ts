import { ROUTES } from "@/lib/contract/routes";
import { handle } from "@/server/web/http";
import { showSession, signIn, signOut } from "@/server/web/login/sign-in";

export const GET = handle(ROUTES.session, ({ headers }) => showSession(headers));

export const POST = handle(ROUTES.signIn, signIn);

export const DELETE = handle(ROUTES.signOut, ({ headers }) => signOut(headers));
