import { startEmulator } from "@msal-ts/emulator";
import { PublicClientApplication, unwrap } from "msal-ts";

const emulator = await startEmulator();
const app = new PublicClientApplication({
  clientId: "da000003-0000-4000-8000-000000000003", // the emulator's desktop application
  authority: emulator.authority(),
});

const result = await app.acquireTokenInteractive(["User.Read"], {
  // The emulator stands in for the user. Without this line the browser opens.
  openBrowser: async (url) => void (await emulator.signIn(url, "alice")),
});
console.log(`Signed in as ${unwrap(result).account?.username}`);

await emulator.close();
