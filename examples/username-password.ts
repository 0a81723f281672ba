/** A test account's name and password. No second factor is possible, so prefer any other way for people. */
import { isInteractionRequired, PublicClientApplication } from "msal-ts";

export interface Settings {
  authority: string;
  clientId: string;
  username: string;
  password: string;
}

/** Gives a token for Microsoft Graph, or says in one sentence why there is none. */
export async function getToken({ authority, clientId, username, password }: Settings): Promise<string> {
  const app = new PublicClientApplication({ authority, clientId });

  const result = await app.acquireTokenByUsernamePassword(username, password, ["User.Read"]);

  if (!("error" in result)) return result.access_token ?? "";
  if (isInteractionRequired(result))
    throw new Error(`${username} must sign in through the browser, with a second factor.`);
  // AADSTS50126: name or password is wrong. The numbers are stable, the texts are not.
  if (result.error_codes?.includes(50126)) throw new Error(`The password of ${username} is wrong.`);
  throw new Error(result.error_description ?? result.error);
}
