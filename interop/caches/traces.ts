import type { EmulatorUser } from "@msal-ts/emulator";
import { allEntries } from "./cache-state.ts";

/** What of a user stands in a state: ids, names, and whatever tokens another state holds of them. */
export function tracesOf(user: EmulatorUser, before: string, after: string): string[] {
  const { oid, username, name } = user;
  const mine = allEntries(before).filter(([, entry]) => isOf(user, entry));
  const tokens = mine.flatMap(([, { secret, client_info }]) => [secret, client_info]);
  const marks = [oid, username, name, ...tokens].filter((mark) => typeof mark === "string");
  return [...new Set(marks)].filter((mark) => after.includes(mark));
}

/** The entries of all others, to see that they are what they were. */
export function othersIn(state: string, user: EmulatorUser): Readonly<Record<string, unknown>> {
  return Object.fromEntries(allEntries(state).filter(([, entry]) => !isOf(user, entry)));
}

function isOf({ oid, tenantId }: EmulatorUser, { home_account_id: home }: Readonly<Record<string, unknown>>): boolean {
  return home === `${oid}.${tenantId}`;
}
