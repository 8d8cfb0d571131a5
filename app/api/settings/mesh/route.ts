import { ROUTES } from "@/lib/contract/routes";
import { webContext } from "@/server/web/context";
import { handle } from "@/server/web/http";
import { readMeshSettings, writeMeshSettings } from "@/server/web/mesh-config";

export const GET = handle(ROUTES.meshConfig, ({ signal }) =>
  readMeshSettings(webContext().client(), webContext().settings.controlNamespace, signal),
);

export const PUT = handle(ROUTES.meshConfigReplace, ({ body }) =>
  writeMeshSettings(webContext().client(), webContext().settings.controlNamespace, body),
);
