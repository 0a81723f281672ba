import type { HttpClient } from "../http/http-client.ts";
import { parseJsonAnswer } from "../protocol/json-answer.ts";
import type { JsonObject } from "../protocol/json-object.ts";
import { readText } from "../protocol/wire-value.ts";
import { type Clock, epochSeconds, systemClock } from "../runtime/clock.ts";
import type { Authority } from "./authority.ts";
import { get } from "./get.ts";
import type { RequestContext } from "./request-context.ts";

/** Who keeps a user's password. */
export interface UserRealm {
  /** `Managed`: Entra ID itself. `Federated`: the organisation's own provider. `Unknown`: Entra ID cannot tell. */
  readonly accountType: "Managed" | "Federated" | "Unknown";
  /** Of a federated user: how to speak with the provider, such as `WSTrust`. */
  readonly federationProtocol?: string | undefined;
  /** Of a federated user: where the provider describes its endpoints. */
  readonly federationMetadataUrl?: string | undefined;
  /** Of a federated user: where the provider takes passwords, if it has no description. */
  readonly federationActiveAuthUrl?: string | undefined;
  /** Of a federated user: whom the provider's assertion must be made out to. */
  readonly cloudAudienceUrn?: string | undefined;
}

/** Asks who keeps a user's password. */
export interface UserRealms {
  /**
   * @throws {@link MsalError} For what the network does, `server_error`, and `invalid_response` when the answer is not
   *   JSON.
   */
  lookup(authority: Authority, username: string, context: RequestContext): Promise<UserRealm>;
}

/** What a host without user realms means: it keeps the passwords itself. */
const managed: UserRealm = Object.freeze({ accountType: "Managed" });

/** The question at the authority's own host, port included. */
export function buildUserRealmUrl({ url }: Authority, username: string): string {
  return `${new URL(url).origin}/common/userrealm/${encodeURIComponent(wellFormed(username))}?api-version=1.0`;
}

/** `encodeURIComponent` throws for half of a surrogate pair, which nobody is called by. */
function wellFormed(text: string): string {
  return new TextDecoder().decode(new TextEncoder().encode(text));
}

/** Reads the answer. An account type that is none of ours counts as unknown. */
export function readUserRealm(answer: JsonObject): UserRealm {
  const type = answer["account_type"];
  return Object.freeze({
    accountType: type === "Managed" || type === "Federated" ? type : "Unknown",
    federationProtocol: readText(answer["federation_protocol"]),
    federationMetadataUrl: readText(answer["federation_metadata_url"]),
    federationActiveAuthUrl: readText(answer["federation_active_auth_url"]),
    cloudAudienceUrn: readText(answer["cloud_audience_urn"]),
  });
}

/** Remembers, as long as it lives, which hosts have no user realms; what a host says of a user is asked each time. */
export function createUserRealms({ http, clock = systemClock }: { http: HttpClient; clock?: Clock }): UserRealms {
  const hostsWithout = new Set<string>();
  return {
    async lookup(authority, username, context) {
      if (hostsWithout.has(authority.host)) return managed;
      const response = await get(http, buildUserRealmUrl(authority, username), context, [username]);
      if (response.status === 404) {
        hostsWithout.add(authority.host);
        return managed;
      }
      const label = `The user realm endpoint of ${authority.host}`;
      const { correlationId } = context;
      return readUserRealm(
        parseJsonAnswer(response, { label, correlationId, secrets: [username], now: epochSeconds(clock) }),
      );
    },
  };
}
