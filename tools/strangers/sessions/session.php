<?php
// One session with a Pusher server: session.php HOST PORT. Prints what happened as JSON. Debian has no WebSocket library for
// PHP, so this file has the part of RFC 6455 that it needs: unfragmented text frames.
[, $host, $port] = $argv;
const KEY = 'local-key';
const SECRET = 'local-secret';
const CHANNEL = 'private-php';

function sign(string $secret, string $text): string
{
    return hash_hmac('sha256', $text, $secret);
}

function post(string $path, string $body): array
{
    global $host, $port;
    $http = ['method' => 'POST', 'header' => 'content-type: application/json', 'content' => $body, 'ignore_errors' => true];
    $text = file_get_contents("http://$host:$port$path", false, stream_context_create(['http' => $http]));
    return [(int) explode(' ', $http_response_header[0])[1], $text];
}

function publish(string $event, array $data, string $secret = SECRET): int
{
    $body = json_encode(['name' => $event, 'channel' => CHANNEL, 'data' => json_encode((object) $data)]);
    $query = http_build_query(
        ['auth_key' => KEY, 'auth_timestamp' => time(), 'auth_version' => '1.0', 'body_md5' => md5($body)]
    );
    $path = '/apps/1000/events';
    return post("$path?$query&auth_signature=" . sign($secret, "POST\n$path\n$query"), $body)[0];
}

function read(int $length): string
{
    global $socket;
    $bytes = '';
    while (strlen($bytes) < $length) {
        $bytes .= fread($socket, $length - strlen($bytes));
    }
    return $bytes;
}

function frame(string $event): array
{
    while (true) {
        $length = ord(read(2)[1]) & 127;
        if ($length === 126) {
            $length = unpack('n', read(2))[1];
        }
        $message = json_decode(read($length), true);
        if (($message['event'] ?? null) === $event) {
            return json_decode($message['data'], true);
        }
    }
}

function send(array $message): void
{
    global $socket;
    $text = json_encode($message);
    $mask = random_bytes(4);
    $length = strlen($text);
    $head = $length < 126 ? pack('CC', 0x81, 0x80 | $length) : pack('CCn', 0x81, 0x80 | 126, $length);
    fwrite($socket, $head . $mask . ($text ^ str_pad('', $length, $mask)));
}

$socket = stream_socket_client("tcp://$host:$port");
$nonce = base64_encode(random_bytes(16));
fwrite($socket, 'GET /app/' . KEY . "?protocol=7&client=php HTTP/1.1\r\nHost: $host:$port\r\nUpgrade: websocket\r\n"
    . "Connection: Upgrade\r\nSec-WebSocket-Key: $nonce\r\nSec-WebSocket-Version: 13\r\n\r\n");
while (trim(fgets($socket)) !== '');

$socketId = frame('pusher:connection_established')['socket_id'];
$auth = KEY . ':' . sign(SECRET, "$socketId:" . CHANNEL);
send(['event' => 'pusher:subscribe', 'data' => ['channel' => CHANNEL, 'auth' => $auth]]);
frame('pusher_internal:subscription_succeeded');

$result = ['published' => publish('greeting', ['text' => 'hé']), 'received' => frame('greeting')];
$wait = json_encode(['channel' => CHANNEL, 'event' => 'greeting']);
$result['waited'] = json_decode(post('/_control/wait', $wait)[1], true)['data'];
$result['wrongSecret'] = publish('greeting', [], 'wrong');
post('/_control/faults', json_encode(['status' => 503, 'times' => 1]));
$result['fault'] = publish('greeting', []);
post('/_control/reset', '');
$result['afterReset'] = publish('greeting', []);
echo json_encode($result), "\n";
