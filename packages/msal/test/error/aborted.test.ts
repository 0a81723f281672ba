import { expect, it } from "vitest";
import { abortedError } from "../../src/error/aborted.ts";

it("tells of the cancelled call with the signal's reason as cause", () => {
  const reason = new Error("closing down");
  const error = abortedError(AbortSignal.abort(reason));
  expect(error).toMatchObject({ code: "aborted", name: "AbortError", retryable: false });
  expect(error.cause).toBe(reason);
});
