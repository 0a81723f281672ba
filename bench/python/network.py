"""A network for MSAL Python that is none: what it answers, it makes itself."""

import json
import threading
import time

HOST = "login.microsoftonline.com"
TENANT = "11111111-2222-3333-4444-555555555555"
CLIENT = "00000000-1111-2222-3333-444444444444"
AUTHORITY = f"https://{HOST}/{TENANT}"


class Network:
    """Counts the requests, and gives a token for each within `wait` milliseconds."""

    def __init__(self, wait=0):
        self.requests = 0
        self._wait = wait
        self._lock = threading.Lock()

    def get(self, url, **_):
        self._count()
        base = f"{AUTHORITY}/oauth2/v2.0"
        return Answer({"issuer": base, "authorization_endpoint": f"{base}/authorize", "token_endpoint": f"{base}/token"})

    def post(self, url, **_):
        number = self._count()
        if self._wait:
            time.sleep(self._wait / 1000)
        return Answer({"token_type": "Bearer", "expires_in": 86_400, "access_token": f"{number:012}".ljust(1000, "a")})

    def close(self):
        pass

    def _count(self):
        with self._lock:
            self.requests += 1
            return self.requests


class Answer:
    status_code = 200
    headers = {}

    def __init__(self, body):
        self.text = json.dumps(body)

    def raise_for_status(self):
        pass


def tell(name, value):
    """Says a figure to the process that started this one."""
    print(json.dumps([name, value]), flush=True)


def scope_of(number):
    return f"https://api-{number:012}.contoso.com/.default"
