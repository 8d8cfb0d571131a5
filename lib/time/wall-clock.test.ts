import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { instantOf, wallTime } from "./wall-clock";

const AT = Date.UTC(2026, 10, 25, 13, 3, 20);

describe("wallTime", () => {
  it("says what the clocks of a zone show", () => {
    expect(wallTime(AT, "UTC")).toBe("2026-11-25T13:03:20");
    expect(wallTime(AT, "Europe/Berlin")).toBe("2026-11-25T14:03:20");
    expect(wallTime(AT, "Asia/Kolkata")).toBe("2026-11-25T18:33:20");
    expect(wallTime(Date.UTC(2026, 0, 1), "UTC")).toBe("2026-01-01T00:00:00");
  });
});

describe("instantOf", () => {
  it("is undone by wallTime, in every zone and on days clocks change", () => {
    const zones = fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe");
    const instants = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2030, 0) }).map((at) => at - (at % 1000));
    fc.assert(
      fc.property(zones, instants, (zone, at) => {
        const wall = wallTime(at, zone);
        const read = instantOf(wall, zone);
        expect(wallTime(read ?? 0, zone)).toBe(wall);
      }),
    );
    expect(instantOf("2026-11-25T14:03", "Europe/Berlin")).toBe(AT - 20_000);
  });

  it("takes an hour that is left out for the one after it", () => {
    expect(wallTime(instantOf("2026-03-29T02:30", "Europe/Berlin") ?? 0, "Europe/Berlin")).toBe("2026-03-29T03:30:00");
  });

  it("refuses what is no time", () => {
    for (const text of ["", "yesterday", "2026-13-01T00:00", "2026-11-25", "2026-11-25T25:00"]) {
      expect(instantOf(text, "UTC"), text).toBeNull();
    }
  });
});
