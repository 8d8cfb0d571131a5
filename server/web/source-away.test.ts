import { expect, it } from "vitest";
import { AppError } from "@/lib/contract/errors";
import { NO_CONTROLLER } from "./controller-facts";
import { metricsSource } from "./metrics-source";
import { sourceAway } from "./source-away";

it("tells a source that nobody configured from one that does not answer", async () => {
  const away = new AppError("upstream_unavailable", "It did not answer.", { hint: "Look at it." });
  expect(sourceAway("metrics", away, 5)).toEqual({
    ...{ part: "metrics", message: "It did not answer.", hint: "Look at it.", lastGoodAt: 5, reason: "away" },
  });
  const query = { kind: "instant", aggregation: "sum", selector: { metric: "up", matchers: [] }, by: [] } as const;
  const unset: unknown = await metricsSource(null)
    .instant(query, 0)
    .catch((error: unknown) => error);
  expect(unset).toBeInstanceOf(AppError);
  expect(sourceAway("metrics", unset as AppError, null)).toMatchObject({ reason: "unset", lastGoodAt: null });
  expect(NO_CONTROLLER.reason).toBe("unset");
});
