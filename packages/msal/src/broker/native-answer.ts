import type { AuthResult } from "@azure/msal-node-runtime";
import type { BrokerAnswer, BrokerTokens } from "./broker.ts";
import { refusalIn } from "./native-refusal.ts";

/** How the SSH wire format begins, in base64: the length of the name of the key's type. */
const sshCertificate = "AAAA";

/** Reads a result of the native runtime: tokens or a refusal. */
export function readNativeAnswer(result: AuthResult): BrokerAnswer {
  return refusalIn(result) ?? tokensOf(result);
}

function tokensOf(result: AuthResult): BrokerTokens {
  const { account, rawIdToken, grantedScopes, expiresOn } = result;
  return {
    ...secretOf(result),
    expiresOn,
    scopes: grantedScopes.split(" ").filter((scope) => scope !== ""),
    ...(rawIdToken !== "" && { idToken: rawIdToken }),
    account: { id: account.accountId, homeAccountId: account.homeAccountId, username: account.username },
  };
}

/** The runtime does not name the kind of token; a signed one stands in the header that it has made. */
function secretOf({ isPopAuthorization, authorizationHeader, accessToken }: AuthResult): {
  accessToken: string;
  tokenType: string;
} {
  if (isPopAuthorization) return { accessToken: authorizationHeader.split(" ")[1] ?? "", tokenType: "pop" };
  return { accessToken, tokenType: accessToken.startsWith(sshCertificate) ? "ssh-cert" : "Bearer" };
}
