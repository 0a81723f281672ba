"""Plays MSAL Python for the wire judge: one job a line as JSON on stdin, one answer a line as JSON on stdout.

The judge owns the time: each job says what time it is, and a sleep passes at once, after the judge was told of it.
The judge is the browser, too.
"""

import datetime
import json
import logging
import os
import sys
import time
import webbrowser

channel, sys.stdout = sys.stdout, sys.stderr
really_sleep = time.sleep


class Stage:
    """What jobs have to do with."""

    now = 0.0
    browsing = False
    apps = {}
    caches = {}


def tell(message):
    channel.write(json.dumps(message, default=str) + "\n")
    channel.flush()


def sleep(seconds):
    # While the user is at the browser it is the real time that has to pass.
    if Stage.browsing:
        return really_sleep(0.01)
    tell({"slept": seconds})
    Stage.now = json.loads(sys.stdin.readline())["now"]


class Browser(webbrowser.BaseBrowser):
    def open(self, url, new=0, autoraise=True):
        Stage.browsing = True
        tell({"browse": url})
        return True


class Datetime(datetime.datetime):
    @classmethod
    def utcnow(cls):
        return cls.utcfromtimestamp(Stage.now)


# Before the library is loaded, which may keep what it finds.
time.time = lambda: Stage.now
datetime.datetime = Datetime
time.sleep = sleep
os.environ["BROWSER"] = "judge"
webbrowser.register("judge", None, Browser("judge"), preferred=True)

import msal  # noqa: E402

# What it logs of the failures that flows provoke would only look like failures.
logging.disable()

KINDS = {
    "public": msal.PublicClientApplication,
    "confidential": msal.ConfidentialClientApplication,
}


def create(app, kind, options, cache):
    token_cache = Stage.caches.setdefault(cache, msal.SerializableTokenCache())
    Stage.apps[app] = KINDS[kind](token_cache=token_cache, **options)


def call(app, method, arguments, account=None):
    target = Stage.apps[app]
    if account is not None:
        (arguments["account"],) = target.get_accounts(account or None)
    return getattr(target, method)(**arguments)


def serialize(cache):
    return Stage.caches[cache].serialize()


def deserialize(cache, state):
    Stage.caches[cache] = msal.SerializableTokenCache()
    Stage.caches[cache].deserialize(state)


def environment(variables):
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


JOBS = {"environment": environment, "create": create, "call": call, "serialize": serialize, "deserialize": deserialize}


def perform(job, now, **details):
    Stage.now = now
    try:
        return {"result": JOBS[job](**details)}
    except Exception as error:  # Whatever it is, the judge compares it.
        return {"raised": type(error).__name__, "message": str(error)}
    finally:
        Stage.browsing = False


for line in iter(sys.stdin.readline, ""):
    tell(perform(**json.loads(line)))
