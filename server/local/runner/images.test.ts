import { describe, expect, it } from "vitest";
import { resolveImage } from "./images";

const programs = {
  envoy: "/bin/envoy",
  demoApp: "/dist/demo-app.js",
  node: "/bin/node",
  envoyImage: "envoyproxy/envoy:v1.40.0",
};

describe("resolveImage", () => {
  it("knows the demo's applications and Envoy by any tag", () => {
    expect(resolveImage("meshdeck/demo-apps:0.1.0", [], programs)).toMatchObject({ ok: true, command: "/bin/node" });
    for (const image of ["envoyproxy/envoy:v1.31.0", "docker.io/envoyproxy/envoy-distroless:v1.40.0"]) {
      expect(resolveImage(image, [], programs)).toMatchObject({ ok: true, kind: "envoy", command: "/bin/envoy" });
    }
    expect(resolveImage("envoyproxy/envoy:v1.40.0", ["envoy", "-l", "info"], programs)).toMatchObject({
      args: ["-l", "info"],
    });
  });

  it("says what it can run instead of anything else", () => {
    expect(resolveImage("nginx:1", [], programs)).toMatchObject({ ok: false, reason: "ErrImagePull" });
    expect(resolveImage("meshdeck/demo-apps:1", ["sh"], programs)).toMatchObject({ reason: "RunContainerError" });
  });
});
