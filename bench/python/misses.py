"""Does in MSAL Python what misses/measure.ts does in JavaScript. Requests at once are one thread each."""

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import msal

from network import AUTHORITY, CLIENT, Network, scope_of, tell


def run_course(name, count, wait):
    network = Network(wait)
    started = time.perf_counter()
    app = msal.ConfidentialClientApplication(
        CLIENT, client_credential="a secret", authority=AUTHORITY, http_client=network, instance_discovery=False)

    def ask(number):
        scopes = [scope_of(number)]
        # This version looks into its cache on demand only.
        result = app.acquire_token_silent(scopes, account=None) or app.acquire_token_for_client(scopes)
        assert result["access_token"], result

    if name == "distinct":
        for number in range(count):
            ask(number)
    else:
        numbers = [0 if name == "equal at once" else number for number in range(count)]
        with ThreadPoolExecutor(max_workers=count) as threads:
            list(threads.map(ask, numbers))
    return (time.perf_counter() - started) * 1000, network.requests


def main(job):
    run_course("distinct", job["count"], 0)
    for name, wait in (("distinct", 0), ("distinct at once", job["delay"]), ("equal at once", job["delay"])):
        taken, requests = run_course(name, job["count"], wait)
        tell(f"time {name}", taken)
        tell(f"requests {name}", requests)


main(json.loads(sys.argv[1]))
