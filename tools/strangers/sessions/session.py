"""One session with a Pusher server: session.py HOST PORT. Prints what happened as JSON. Needs python3-websocket."""
import hashlib
import hmac
import json
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

import websocket

HOST, PORT = sys.argv[1], sys.argv[2]
KEY, SECRET, CHANNEL = "local-key", "local-secret", "private-python"


def sign(secret, text):
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def post(path, body):
    request = urllib.request.Request(f"http://{HOST}:{PORT}{path}", body.encode(), {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def publish(event, data, secret=SECRET):
    body = json.dumps({"name": event, "channel": CHANNEL, "data": json.dumps(data)})
    query = urllib.parse.urlencode({
        "auth_key": KEY,
        "auth_timestamp": int(time.time()),
        "auth_version": "1.0",
        "body_md5": hashlib.md5(body.encode()).hexdigest(),
    })
    path = "/apps/1000/events"
    return post(f"{path}?{query}&auth_signature={sign(secret, f'POST{chr(10)}{path}{chr(10)}{query}')}", body)[0]


def frame(event):
    while True:
        message = json.loads(socket.recv())
        if message["event"] == event:
            return json.loads(message["data"])


socket = websocket.create_connection(f"ws://{HOST}:{PORT}/app/{KEY}?protocol=7&client=python", timeout=10)
socket_id = frame("pusher:connection_established")["socket_id"]
auth = f"{KEY}:{sign(SECRET, f'{socket_id}:{CHANNEL}')}"
socket.send(json.dumps({"event": "pusher:subscribe", "data": {"channel": CHANNEL, "auth": auth}}))
frame("pusher_internal:subscription_succeeded")

result = {"published": publish("greeting", {"text": "hé"}), "received": frame("greeting")}
result["waited"] = json.loads(post("/_control/wait", json.dumps({"channel": CHANNEL, "event": "greeting"}))[1])["data"]
result["wrongSecret"] = publish("greeting", {}, "wrong")
post("/_control/faults", json.dumps({"status": 503, "times": 1}))
result["fault"] = publish("greeting", {})
post("/_control/reset", "")
result["afterReset"] = publish("greeting", {})
socket.close()
print(json.dumps(result))
