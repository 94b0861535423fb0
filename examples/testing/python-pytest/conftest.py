"""The gateway of `realtime-local exec`, as a fixture. It needs the standard library only."""

import json
import os
import urllib.error
import urllib.request

import pytest


class Gateway:
    def __init__(self, url):
        self.url = url

    def call(self, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}/_realtime/{path}", data=data)
        try:
            with urllib.request.urlopen(request) as response:
                return json.load(response)
        except urllib.error.HTTPError as error:
            # The detail names the reason: another id, another channel, dead-lettered …
            raise AssertionError(json.load(error)["detail"]) from None

    def wait_for(self, **match):
        return self.call("wait", match)

    def reset(self):
        self.call("reset", {})


@pytest.fixture
def gateway():
    gateway = Gateway(os.environ["LOCAL_GATEWAY_URL"])
    gateway.reset()
    return gateway
