import { describe, expect, it } from "vitest";
import { readSettings } from "./settings";

describe("readSettings", () => {
  it("takes the role from the first argument and the rest from the environment", () => {
    const settings = readSettings(["bookstore"], {
      IDENTITY: "bookstore-v2",
      MESHDECK_BIND_HOST: "127.142.0.7",
      HTTP_PROXY: "http://127.142.0.7:15001",
    });
    expect(settings).toMatchObject({
      role: "bookstore",
      identity: "bookstore-v2",
      bindHost: "127.142.0.7",
      port: 14001,
    });
    expect(settings.proxy?.port).toBe("15001");
  });

  it("gives stockdb its own port and empty variables no say", () => {
    expect(readSettings(["stockdb"], { HTTP_PROXY: "", PORT: "" })).toMatchObject({ port: 7000, proxy: null });
  });

  it("says which roles there are", () => {
    expect(() => readSettings(["banker"], {})).toThrow(/one of bookbuyer, bookthief/);
  });
});
