import { describe, expect, it } from "vitest";
import { MsalArgumentError } from "../../src/error/argument-error.ts";

describe("MsalArgumentError", () => {
  it("is a TypeError whose message starts with the option's name", () => {
    const error = new MsalArgumentError("invalid_option", "timeout", "must be a number.");
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({
      name: "MsalArgumentError",
      code: "invalid_option",
      option: "timeout",
      message: '"timeout" must be a number.',
    });
  });

  it("has a cause only where one was given", () => {
    expect("cause" in new MsalArgumentError("invalid_option", "a", "b")).toBe(false);
    const cause = new Error("beneath");
    expect(new MsalArgumentError("invalid_option", "a", "b", cause).cause).toBe(cause);
  });
});
