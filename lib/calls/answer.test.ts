import { expect, test } from "vitest";
import { refusedCall, someCall } from "@/test/fixtures/calls";
import { answerText, detailsText, flagText } from "./answer";

test.each([
  [someCall(), ""],
  [refusedCall(), "the caller's own sidecar answered it"],
  [
    someCall({ status: 403, denied: true, details: "rbac_access_denied_matched_policy[none]" }),
    "no policy of the called side lets it in",
  ],
  [
    someCall({ status: 503, details: "no_healthy_upstream", flags: ["UH"] }),
    "no endpoint of the destination is healthy",
  ],
  [
    someCall({ status: 503, details: "via_upstream", flags: ["URX"] }),
    "it was tried as often as allowed and never answered",
  ],
  [someCall({ status: 500, details: "via_upstream" }), "the application gave this answer"],
  [
    someCall({ status: 504, details: "upstream_response_timeout", flags: ["UT"] }),
    "the destination did not answer in time",
  ],
  [
    someCall({ status: 0, details: "downstream_remote_disconnect", flags: ["DC"] }),
    "the caller hung up before the answer",
  ],
  [someCall({ method: "CONNECT", details: "downstream_remote_disconnect", flags: ["DC"] }), ""],
  [
    someCall({ protocol: "tcp", status: null, details: null, flags: ["UF"] }),
    "the connection to the destination could not be opened",
  ],
])("%#: %j", (call, text) => expect(answerText(call)).toBe(text));

test("what is not known is not made up", () => {
  expect(flagText("constructor")).toBeNull();
  expect(flagText("ZZ")).toBeNull();
  expect(detailsText("something_new")).toBeNull();
  expect(answerText(someCall({ status: 500, details: "something_new", flags: ["ZZ"] }))).toBe("");
});
