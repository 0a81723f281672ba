import type { EmulatorUser } from "@msal-ts/emulator";
import { allEntries, type Entry, readState } from "./cache-state.ts";

/** What of a user stands in a state: ids, names, and whatever tokens another state holds of them. */
export function tracesOf(user: EmulatorUser, before: string, after: string): string[] {
  const { oid, username, name } = user;
  const homes = homesOf(user, before);
  const mine = allEntries(before).filter(([, entry]) => homes.has(entry["home_account_id"]));
  const tokens = mine.flatMap(([, { secret, client_info }]) => [secret, client_info]);
  const marks = [oid, username, name, ...homes, ...tokens].filter((mark) => typeof mark === "string");
  return [...new Set(marks)].filter((mark) => after.includes(mark));
}

/** The entries of all others than the user of a state, to see that they are what they were. */
export function othersIn(state: string, user: EmulatorUser, before: string): Readonly<Record<string, Entry>> {
  const homes = homesOf(user, before);
  return Object.fromEntries(allEntries(state).filter(([, entry]) => !homes.has(entry["home_account_id"])));
}

/** Under which ids a user is filed: each kind of authority has its own. */
function homesOf({ username }: EmulatorUser, state: string): ReadonlySet<unknown> {
  const accounts = Object.values(readState(state)["Account"] ?? {});
  return new Set(accounts.filter((entry) => entry["username"] === username).map((entry) => entry["home_account_id"]));
}
