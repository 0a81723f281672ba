import { describe, expect, it } from "vitest";
import { readErrorCodes } from "./errors/error-codes.ts";
import { errorsPage } from "./errors/errors-page.ts";

const source = `
/** Failures. */
export type MsalErrorCode =
  /** The line broke. Try again; see \`cause\`. */
  | "lost"
  /**
   * It took too long, more than
   * \`timeout\`. Wait longer.
   */
  | "late";

export type MsalArgumentErrorCode =
  /** An option is wrong. The message shows a good one. */
  | "invalid_option"
  /** A scope is wrong. Give a list. */
  | "invalid_scopes";
`;

describe("the codes of a union type", () => {
  it("come in their order, each with its own comment in two parts", () => {
    expect(readErrorCodes(source, "MsalErrorCode")).toEqual([
      { code: "lost", meaning: "The line broke.", remedy: "Try again; see `cause`." },
      { code: "late", meaning: "It took too long, more than `timeout`.", remedy: "Wait longer." },
    ]);
  });

  it("must each say what mends them", () => {
    const bare = 'type Code =\n  /** It failed. Mend it. */\n  | "one"\n  /** It failed. */\n  | "two";';
    expect(() => readErrorCodes(bare, "Code")).toThrow('"two" must say what happened');
    expect(() => readErrorCodes('type Code = "one" | "two";', "Code")).toThrow('"one" must say what happened');
  });

  it("are those of a type that exists", () => {
    expect(() => readErrorCodes(source, "Code")).toThrow("no union type Code");
  });
});

describe("the page", () => {
  it("lists failures and mistakes apart", () => {
    const page = errorsPage(source);
    const [, failures = "", mistakes = ""] = page.split("\n## ");
    expect(failures).toContain("| `late` | It took too long, more than `timeout`. | Wait longer. |");
    expect(failures).not.toContain("invalid_option");
    expect(mistakes).toContain("| `invalid_scopes` | A scope is wrong. | Give a list. |");
    expect(mistakes).not.toContain("late");
  });
});
