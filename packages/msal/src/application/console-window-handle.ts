/**
 * For the option `parentWindowHandle`: the window that the program's console is in. For programs without windows of
 * their own alone.
 *
 * @example
 *
 * ```ts
 * import { CONSOLE_WINDOW_HANDLE, PublicClientApplication } from "msal-ts";
 *
 * const app = new PublicClientApplication({ clientId: "00000000-0000-0000-0000-000000000000", allowBroker: true });
 * await app.acquireTokenInteractive(["User.Read"], { parentWindowHandle: CONSOLE_WINDOW_HANDLE });
 * ```
 */
export const CONSOLE_WINDOW_HANDLE = "console";
