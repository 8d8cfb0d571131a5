import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";
import { expect, test } from "vitest";
import { typeAsText } from "./compressible";

test("a content type given as a list of one is one text; other headers stay as they are given", () => {
  const response = new ServerResponse(new IncomingMessage(new Socket()));
  typeAsText(response);
  response.setHeader("content-type", ["application/json; charset=utf-8"]);
  response.setHeader("set-cookie", ["a=1"]);
  response.setHeader("x-frame-options", "DENY");
  expect(response.getHeaders()).toEqual({
    "content-type": "application/json; charset=utf-8",
    "set-cookie": ["a=1"],
    "x-frame-options": "DENY",
  });
});
