import { expect, it } from "vitest";
import { bindingOf, isBoundType } from "../../src/protocol/bound-token.ts";

it.each([
  [undefined, undefined],
  [{}, undefined],
  [{ extra: "x" }, undefined],
  [{ token_type: "Bearer" }, undefined],
  [{ key_id: "key-1", req_cnf: "the key", token_type: "ssh-cert" }, "key-1"],
  [{ key_id: "", req_cnf: "the key", token_type: "pop" }, "the key"],
  [{ token_type: "pop" }, "pop"],
])("the data %j asks for a token bound to %j (B2.9)", (data, binding) => {
  expect(bindingOf(data)).toBe(binding);
});

it.each([
  ["pop", true],
  ["SSH-Cert", true],
  ["Bearer", false],
  [null, false],
  [undefined, false],
])("a token of type %j needs a key: %s (B4.6)", (type, isBound) => {
  expect(isBoundType(type)).toBe(isBound);
});
