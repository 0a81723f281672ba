/** A sign-in that the user can call off and that does not last for ever. */
import { type DeviceFlow, MsalError, PublicClientApplication } from "msal-ts";

export interface Settings {
  authority: string;
  clientId: string;
  /** Shows the code, and offers a button that aborts `cancelled`. */
  show: (flow: DeviceFlow) => void | Promise<void>;
  /** Aborts when the user presses the button. */
  cancelled: AbortSignal;
  /** Milliseconds until the app gives up by itself. */
  patience: number;
}

/** Gives the user's name, or tells how the sign-in ended. */
export async function signIn(settings: Settings): Promise<string> {
  const { authority, clientId, show, cancelled, patience } = settings;
  const app = new PublicClientApplication({ authority, clientId });
  const signal = AbortSignal.any([cancelled, AbortSignal.timeout(patience)]);

  try {
    // Every method takes a signal, and ends at once when it aborts.
    const flow = await app.initiateDeviceFlow(["User.Read"], { signal });
    await show(flow);
    const result = await app.acquireTokenByDeviceFlow(flow, { signal });
    return "error" in result ? `Refused: ${result.error}` : `Signed in as ${result.account?.username}`;
  } catch (error) {
    if (!(error instanceof MsalError) || error.code !== "aborted") throw error;
    return cancelled.aborted ? "Cancelled" : "Too late";
  }
}
