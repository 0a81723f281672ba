"""Does in MSAL Python what held/measure.ts does in JavaScript: takes the same job, says the same lines."""

import gc
import json
import statistics
import sys
import time

import msal

from network import AUTHORITY, CLIENT, HOST, TENANT, Network, scope_of, tell

USER_SCOPE = "user.read"
# As in measure.ts.
VARIETY = 1000
STRIDE = 611_953
# A call that takes longer, in seconds, is repeated three times.
DEAR = 0.1
# One that takes longer is not repeated.
VERY_DEAR = 2


class ClosedNetwork(Network):
    """What is held must not be fetched."""

    def post(self, url, **_):
        raise RuntimeError("A cached token was fetched.")


def object_id_of(number):
    return f"00000000-0000-0000-0000-{number:012}"


def token_of(kind, number, length):
    return (f"{number:012}{kind}" + "0123456789abcdefghijklmnopqrstuvwxyz" * 50)[:length]


def app_entries(number):
    now = int(time.time())
    yield "AccessToken", f"-{HOST}-accesstoken-{CLIENT}-{TENANT}-{scope_of(number)}", {
        "credential_type": "AccessToken",
        "secret": token_of("access", number, 1000),
        "home_account_id": None,
        "environment": HOST,
        "client_id": CLIENT,
        "target": scope_of(number),
        "realm": TENANT,
        "token_type": "Bearer",
        "cached_at": str(now),
        "expires_on": str(now + 86_400),
        "extended_expires_on": str(now + 86_400),
    }


def user_entries(number):
    owner = f"{object_id_of(number)}.{TENANT}"
    shared = {"home_account_id": owner, "environment": HOST}
    (_, _, access), = app_entries(number)
    yield "AccessToken", f"{owner}-{HOST}-accesstoken-{CLIENT}-{TENANT}-{USER_SCOPE}", {
        **access, "home_account_id": owner, "target": USER_SCOPE}
    yield "RefreshToken", f"{owner}-{HOST}-refreshtoken-{CLIENT}--{USER_SCOPE}", {
        **shared, "credential_type": "RefreshToken", "secret": token_of("refresh", number, 900), "client_id": CLIENT,
        "target": USER_SCOPE, "last_modification_time": access["cached_at"]}
    yield "IdToken", f"{owner}-{HOST}-idtoken-{CLIENT}-{TENANT}-", {
        **shared, "credential_type": "IdToken", "secret": token_of("id", number, 660), "realm": TENANT,
        "client_id": CLIENT}
    yield "Account", f"{owner}-{HOST}-{TENANT}", {
        **shared, "realm": TENANT, "local_account_id": object_id_of(number), "authority_type": "MSSTS",
        "username": f"user-{number}@contoso.com"}


def filled(entries_of, count):
    """Each text is one of its own, as after a parse; the state is gone when this ends."""
    sections = {}
    for number in range(count):
        for section, key, entry in entries_of(number):
            sections.setdefault(section, {})[key] = entry
    cache = msal.SerializableTokenCache()
    cache.deserialize(json.dumps(sections))
    return cache


def used():
    gc.collect()
    with open("/proc/self/statm") as statm:
        return int(statm.read().split()[1]) * 4096


def time_of(call, sample_time):
    """The median time of one call, in milliseconds."""
    call()
    once = elapsed(call, 1)
    if once > VERY_DEAR:
        return once * 1000
    if once > DEAR:
        return statistics.median(elapsed(call, 1) for _ in range(3)) * 1000
    count = 1
    while elapsed(call, count) < 0.002:
        count *= 2
    times, end = [], time.perf_counter() + sample_time / 1000
    while len(times) < 5 or time.perf_counter() < end:
        times.append(elapsed(call, count) / count)
    return statistics.median(times) * 1000


def elapsed(call, count):
    started = time.perf_counter()
    for _ in range(count):
        call()
    return time.perf_counter() - started


def application(kind, cache):
    options = {
        "authority": AUTHORITY, "token_cache": cache, "http_client": ClosedNetwork(),
        "instance_discovery": False}
    if kind == "users":
        return msal.PublicClientApplication(CLIENT, **options)
    return msal.ConfidentialClientApplication(CLIENT, client_credential="a secret", **options)


def question(app, kind, number):
    if kind == "appTokens":
        scopes = [scope_of(number)]
        return lambda: app.acquire_token_silent(scopes, account=None)
    scopes = [USER_SCOPE]
    account = {
        "home_account_id": f"{object_id_of(number)}.{TENANT}", "environment": HOST, "realm": TENANT,
        "local_account_id": object_id_of(number), "authority_type": "MSSTS"}
    return lambda: app.acquire_token_silent(scopes, account=account)


def asks(app, kind, count):
    questions = [question(app, kind, index * STRIDE % count) for index in range(min(count, VARIETY))]
    if not questions[-1]():
        raise RuntimeError("A token that should be held is not.")
    turn = 0

    def ask():
        nonlocal turn
        turn = (turn + 1) % len(questions)
        questions[turn]()
    return ask


def main(job):
    kind, count = job["holds"], job["count"]
    entries_of = user_entries if kind == "users" else app_entries
    before = used()
    cache = filled(entries_of, count)
    after = used()
    app = application(kind, cache)
    if "memory" in job["measures"]:
        tell("json", len(cache.serialize()))
        tell("memory", after - before)
    state = cache.serialize() if "deserialize" in job["measures"] else ""
    calls = {
        "ask": lambda: asks(app, kind, count),
        "serialize": lambda: cache.serialize,
        "deserialize": lambda: lambda: msal.SerializableTokenCache().deserialize(state),
        "accounts": lambda: app.get_accounts,
    }
    for measure in job["measures"]:
        if measure in calls:
            taken = time_of(calls[measure](), job["sampleTime"])
            tell(measure, taken * 1000 if measure == "ask" else taken)


main(json.loads(sys.argv[1]))
