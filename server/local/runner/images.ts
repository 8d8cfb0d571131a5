/** Which program stands for an image. Local mode pulls nothing: it has the demo's applications and Envoy. */
export interface Programs {
  /** Path of Envoy's binary. */
  readonly envoy: string;
  /** Path of the bundled demo applications. */
  readonly demoApp: string;
  /** Path of Node. */
  readonly node: string;
  /** Image name that injected sidecars carry. */
  readonly envoyImage: string;
}

export type Resolved =
  | { readonly ok: true; readonly kind: "envoy" | "demo"; readonly command: string; readonly args: readonly string[] }
  | { readonly ok: false; readonly reason: "ErrImagePull" | "RunContainerError"; readonly message: string };

const DEMO_IMAGE = /^meshdeck\/demo-[a-z0-9-]+(:[\w.-]+)?$/;
const ENVOY_IMAGE = /(^|\/)envoyproxy\/envoy(-[a-z0-9-]+)?([:@].+)?$/;

/** `command` is the container's, which replaces an image's entry point. */
export function resolveImage(image: string, command: readonly string[], programs: Programs): Resolved {
  const demo = DEMO_IMAGE.test(image);
  if (!demo && image !== programs.envoyImage && !ENVOY_IMAGE.test(image)) {
    return {
      ok: false,
      reason: "ErrImagePull",
      message: `Local mode has no program for the image ${image || "(none)"}: it runs meshdeck/demo-* and ${programs.envoyImage}. Use a cluster for other images.`,
    };
  }
  if (demo) {
    if (command.length > 0) return noEntryPoint(image, command);
    return { ok: true, kind: "demo", command: programs.node, args: ["--enable-source-maps", programs.demoApp] };
  }
  const [entry, ...rest] = command;
  if (entry !== undefined && !/(^|\/)envoy$/.test(entry)) return noEntryPoint(image, command);
  return { ok: true, kind: "envoy", command: programs.envoy, args: rest };
}

function noEntryPoint(image: string, command: readonly string[]): Resolved {
  return {
    ok: false,
    reason: "RunContainerError",
    message: `Local mode cannot run ${command[0]} of the image ${image}: it has no images, only the programs they start. Remove \`command\`.`,
  };
}
