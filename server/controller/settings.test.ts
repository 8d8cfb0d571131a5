import { describe, expect, it } from "vitest";
import { helpText, readSettings } from "./settings";

describe("readSettings", () => {
  it("takes defaults, then variables, then flags", () => {
    expect(readSettings([], {})).toMatchObject({ meshName: "osm", adsPort: 15128, controlNamespace: "osm-system" });
    const env = { MESHDECK_ADS_PORT: "28301", MESHDECK_MESH_NAME: "shop", MESHDECK_ADVERTISED_HOST: "" };
    expect(readSettings(["--ads-port", "28302"], env)).toMatchObject({ adsPort: 28302, meshName: "shop" });
    expect(readSettings([], env)?.advertisedHost).toBeUndefined();
  });

  it.each([
    [["--ads-port", "70000"], '--ads-port (MESHDECK_ADS_PORT) is "70000": use 0 to 65535.'],
    [["--ads-port", "x"], '--ads-port (MESHDECK_ADS_PORT) is "x": use a number.'],
    [
      ["--mesh-name", "Big Mesh"],
      '--mesh-name (MESHDECK_MESH_NAME) is "Big Mesh": use lower-case letters, digits and hyphens.',
    ],
    [["--sprocket", "1"], "Unknown option '--sprocket'."],
    [["stray"], "Unexpected argument 'stray'."],
  ])("refuses %j with a sentence", (args, message) => {
    expect(() => readSettings(args, {})).toThrow(
      expect.objectContaining({ code: "invalid_request", message: expect.stringContaining(message) }),
    );
  });

  it("leaves --help to whoever prints", () => {
    expect(readSettings(["--help"], {})).toBeNull();
    expect(helpText()).toContain("--ads-port             MESHDECK_ADS_PORT");
    expect(helpText()).toContain("(default 15128)");
  });
});
