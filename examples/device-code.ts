/** Something without a browser or a keyboard: its user signs in on another device. */
import { PublicClientApplication } from "msal-ts";

export interface Settings {
  authority: string;
  clientId: string;
  /** Shows a sentence with an address and a code to the user. */
  show: (message: string) => void | Promise<void>;
}

/** Signs the user in and gives the name, or undefined when the user says no or lets the code end. */
export async function signIn({ authority, clientId, show }: Settings): Promise<string | undefined> {
  const app = new PublicClientApplication({ authority, clientId });

  const flow = await app.initiateDeviceFlow(["User.Read"]);
  await show(flow.message);
  const result = await app.acquireTokenByDeviceFlow(flow);

  if (!("error" in result)) return result.account?.username;
  if (result.error === "authorization_declined" || result.error === "expired_token") return undefined;
  throw new Error(result.error_description ?? result.error);
}
