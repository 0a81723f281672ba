import { known } from "../secure-emulator.ts";
import { type Cloud, publicHosts } from "./cloud.ts";
import type { Library, Step } from "./library.ts";

/** Where somebody's token comes from: the user, or the daemon, and the authority. */
export type Source = Pick<Step, "host" | "tenant" | "user">;

/** A token and whose it is. */
export interface Held {
  readonly source: Source;
  readonly token: string;
}

/** What one library has written: users of two tenants, signed in at two names of the cloud, and app tokens of both. */
export interface Written {
  readonly writer: Library;
  readonly state: string;
  /** The state when the first user had signed in, and nothing more. */
  readonly firstState: string;
  readonly users: readonly Held[];
  readonly apps: readonly Held[];
}

/** Lets a library fill one cache. */
export async function write({ secure }: Cloud, writer: Library): Promise<Written> {
  const [host, alias] = publicHosts;
  const [contoso, fabrikam] = secure.emulator.tenants.map(({ id }) => id);
  const [home, away] = [known(contoso, "tenant"), known(fabrikam, "tenant")];
  let state: string | undefined;
  const collect = async (action: "signIn" | "appToken", source: Source): Promise<Held> => {
    const outcome = await writer.act({ action, ...source, ...(state !== undefined && { state }) });
    ({ state } = outcome);
    return { source, token: known(outcome.token, "token") };
  };
  const first = await collect("signIn", { host, tenant: home, user: "alice" });
  const firstState = known(state, "state");
  const users = [
    first,
    await collect("signIn", { host: alias, tenant: home, user: "bob" }),
    await collect("signIn", { host, tenant: away, user: "dana" }),
  ];
  const apps = [await collect("appToken", { host, tenant: home }), await collect("appToken", { host, tenant: away })];
  return { writer, state: known(state, "state"), firstState, users, apps };
}
