import { EntraError } from "../errors.ts";
import type { TokenAnswer } from "../token-answer.ts";

/**
 * What a grant says that has no page to ask the user on: Entra ID answers `invalid_grant` where others answer
 * `interaction_required`.
 */
export function pageless(answer: Promise<TokenAnswer>): Promise<TokenAnswer> {
  return answer.catch((error: unknown) => {
    if (error instanceof EntraError && error.error === "interaction_required") throw error.as("invalid_grant");
    throw error;
  });
}
