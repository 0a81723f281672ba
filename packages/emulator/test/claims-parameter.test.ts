import { describe, expect, it } from "vitest";
import { containsClaims, parseClaims, requestedValues } from "../src/claims-parameter.ts";

describe("the claims parameter", () => {
  it.each(["{", "[]", "null", '"text"', ""])("is a JSON object: %j is none", (text) => {
    expect(() => parseClaims(text)).toThrow("AADSTS90023");
  });

  it.each([
    ["a list", '{"access_token":{"xms_cc":{"values":["cp1","cp2"]}}}', ["cp1", "cp2"]],
    ["one value", '{"access_token":{"xms_cc":{"value":"cp1"}}}', ["cp1"]],
    ["no value", '{"access_token":{"xms_cc":null}}', []],
    ["another token", '{"id_token":{"xms_cc":{"values":["cp1"]}}}', []],
    ["values that are no texts", '{"access_token":{"xms_cc":{"values":[1,"cp1"]}}}', ["cp1"]],
  ])("asks for values by name: %s", (_, text, values) => {
    expect(requestedValues([text], "xms_cc")).toEqual(values);
  });

  it.each([
    ["the same", '{"a":{"b":1}}', '{"a":{"b":1}}', true],
    ["more", '{"a":{"b":1,"c":2},"d":3}', '{"a":{"b":1}}', true],
    ["a longer list in another order", '{"a":["y","x","z"]}', '{"a":["x","y"]}', true],
    ["less", '{"a":{}}', '{"a":{"b":1}}', false],
    ["another value", '{"a":{"b":2}}', '{"a":{"b":1}}', false],
    ["a shorter list", '{"a":["x"]}', '{"a":["x","y"]}', false],
    ["a list for an object", '{"a":[]}', '{"a":{}}', false],
    ["an object for a list", '{"a":{}}', '{"a":[]}', false],
    ["no JSON", "{", '{"a":1}', false],
  ])("contains what was demanded: %s", (_, sent, demanded, expected) => {
    expect(containsClaims(sent, demanded)).toBe(expected);
  });
});
