import type { AuthenticatedClient } from "../client-authentication.ts";
import type { TenantReference } from "../directory.ts";
import type { Exchange } from "../exchange.ts";
import type { TokenAnswer } from "../token-answer.ts";
import type { World } from "../world.ts";

/** A token request whose client is known. */
export interface TokenRequest extends AuthenticatedClient {
  readonly exchange: Exchange;
  readonly tenant: TenantReference;
  readonly form: Readonly<Record<string, string>>;
  /** The request's own `claims` parameter, or none. */
  readonly claims: readonly string[];
  readonly wantsClientInfo: boolean;
}

/** One way to get tokens. The token endpoint registers them in a loop. */
export interface Grant {
  /** Every name it goes by. */
  readonly grantTypes: readonly string[];
  /** Parameters without which there is no point in going on. */
  readonly parameters: readonly string[];
  readonly handle: (world: World, request: TokenRequest) => Promise<TokenAnswer>;
}
