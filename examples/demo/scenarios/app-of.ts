import type { Emulator, EmulatorApp, EmulatorUser } from "@msal-ts/emulator";

/** One of the emulator's applications, as a confidential one needs it. */
export function appOf(emulator: Emulator, name: string): EmulatorApp & { readonly secret: string } {
  const app = emulator.apps[name];
  if (app === undefined) throw new Error(`The emulator has no application "${name}".`);
  // A public application has none, and is not asked for it.
  return { ...app, secret: app.secret ?? "" };
}

/** The one whom the demo signs in, where nothing speaks for another. */
export function aliceOf(emulator: Emulator): EmulatorUser {
  return userOf(emulator, "alice");
}

/** One of the emulator's users. */
export function userOf(emulator: Emulator, name: string): EmulatorUser {
  const user = emulator.users[name];
  if (user === undefined) throw new Error(`The emulator has no user "${name}".`);
  return user;
}
